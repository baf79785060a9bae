//! Currencies: the circulating ones of ISO 4217, with the signs that `formatted_value` shows.

/// A currency.
#[derive(Clone, Copy, Debug)]
pub struct Currency {
    /// Its number in lists.
    pub id: i64,
    /// ISO 4217 code.
    pub code: &'static str,
    /// English name.
    pub name: &'static str,
    /// Digits after the decimal point.
    pub decimals: u8,
    /// The sign that stands before an amount.
    pub symbol: &'static str,
}

/// A currency by its code, in any case.
#[must_use]
pub fn find(code: &str) -> Option<&'static Currency> {
    let upper = <[u8; 3]>::try_from(code.as_bytes()).ok()?.map(|b| b.to_ascii_uppercase());
    ALL.binary_search_by(|c| c.code.as_bytes().cmp(&upper)).ok().map(|at| &ALL[at])
}

/// An amount in 1/10,000 as people read it: `€5,000`, `US$1,234.50`, `CHF12`.
#[must_use]
pub fn display(amount: i64, code: &str) -> String {
    let (symbol, decimals) = find(code).map_or((code, 2), |c| (c.symbol, c.decimals.min(4)));
    // The one currency whose sign in lists is another than before amounts (pipedrive-contract 3.1, 12.16).
    let symbol = if symbol == "$" { "US$" } else { symbol };
    let scale = 10_u64.pow(u32::from(decimals));
    let unit = 10_000 / scale;
    let minor = (amount.unsigned_abs() + unit / 2) / unit;
    let (whole, fraction) = ((minor / scale).to_string(), minor % scale);
    let mut out = String::with_capacity(symbol.len() + whole.len() * 4 / 3 + 8);
    out.push_str(if amount < 0 { "-" } else { "" });
    out.push_str(symbol);
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if fraction > 0 {
        let fraction = fraction.to_string();
        out.push('.');
        out.extend(std::iter::repeat_n('0', usize::from(decimals) - fraction.len()));
        out.push_str(&fraction);
    }
    out
}

macro_rules! currencies {
    ($($id:literal $code:literal $decimals:literal $symbol:literal $name:literal;)*) => {
        /// Every currency, in the order of lists.
        pub static ALL: &[Currency] = &[$(Currency { id: $id, code: $code, name: $name, decimals: $decimals, symbol: $symbol },)*];
    };
}

currencies! {
    1 "AED" 2 "AED" "UAE Dirham";
    2 "AFN" 2 "AFN" "Afghani";
    3 "ALL" 2 "L" "Lek";
    4 "AMD" 2 "AMD" "Armenian Dram";
    5 "ANG" 2 "ƒ" "Netherlands Antillean Guilder";
    6 "AOA" 2 "Kz" "Kwanza";
    7 "ARS" 2 "AR$" "Argentine Peso";
    8 "AUD" 2 "A$" "Australian Dollar";
    9 "AWG" 2 "Afl" "Aruban Florin";
    10 "AZN" 2 "₼" "Azerbaijan Manat";
    11 "BAM" 2 "KM" "Convertible Mark";
    12 "BBD" 2 "Bds$" "Barbados Dollar";
    13 "BDT" 2 "৳" "Taka";
    14 "BGN" 2 "BGN" "Bulgarian Lev";
    15 "BHD" 3 "BD" "Bahraini Dinar";
    16 "BIF" 0 "FBu" "Burundi Franc";
    17 "BMD" 2 "BD$" "Bermudian Dollar";
    18 "BND" 2 "B$" "Brunei Dollar";
    19 "BOB" 2 "Bs" "Boliviano";
    20 "BRL" 2 "R$" "Brazilian Real";
    21 "BSD" 2 "BSD" "Bahamian Dollar";
    22 "BTN" 2 "Nu" "Ngultrum";
    23 "BWP" 2 "P" "Pula";
    24 "BYN" 2 "Br" "Belarusian Ruble";
    25 "BZD" 2 "BZ$" "Belize Dollar";
    26 "CAD" 2 "CA$" "Canadian Dollar";
    27 "CDF" 2 "CDF" "Congolese Franc";
    28 "CHF" 2 "CHF" "Swiss Franc";
    29 "CLP" 0 "CL$" "Chilean Peso";
    30 "CNY" 2 "CN¥" "Yuan Renminbi";
    31 "COP" 2 "COL$" "Colombian Peso";
    32 "CRC" 2 "₡" "Costa Rican Colon";
    33 "CUP" 2 "CUP" "Cuban Peso";
    34 "CVE" 2 "CVE" "Cabo Verde Escudo";
    35 "CZK" 2 "Kč" "Czech Koruna";
    36 "DJF" 0 "Fdj" "Djibouti Franc";
    37 "DKK" 2 "kr" "Danish Krone";
    38 "DOP" 2 "RD$" "Dominican Peso";
    39 "DZD" 2 "DA" "Algerian Dinar";
    40 "EGP" 2 "EGP" "Egyptian Pound";
    41 "ERN" 2 "Nfk" "Nakfa";
    42 "ETB" 2 "ETB" "Ethiopian Birr";
    43 "EUR" 2 "€" "Euro";
    44 "FJD" 2 "FJ$" "Fiji Dollar";
    45 "GBP" 2 "£" "Pound Sterling";
    46 "GEL" 2 "₾" "Lari";
    47 "GHS" 2 "GH₵" "Ghana Cedi";
    48 "GIP" 2 "GIP" "Gibraltar Pound";
    49 "GMD" 2 "D" "Dalasi";
    50 "GNF" 0 "FG" "Guinean Franc";
    51 "GTQ" 2 "Q" "Quetzal";
    52 "GYD" 2 "GY$" "Guyana Dollar";
    53 "HKD" 2 "HK$" "Hong Kong Dollar";
    54 "HNL" 2 "HNL" "Lempira";
    55 "HTG" 2 "G" "Gourde";
    56 "HUF" 2 "Ft" "Forint";
    57 "IDR" 2 "Rp" "Rupiah";
    58 "ILS" 2 "₪" "New Israeli Sheqel";
    59 "INR" 2 "₹" "Indian Rupee";
    60 "IQD" 3 "IQD" "Iraqi Dinar";
    61 "IRR" 2 "IRR" "Iranian Rial";
    62 "ISK" 0 "ISK" "Iceland Krona";
    63 "JMD" 2 "J$" "Jamaican Dollar";
    64 "JOD" 3 "JD" "Jordanian Dinar";
    65 "JPY" 0 "¥" "Yen";
    66 "KES" 2 "KSh" "Kenyan Shilling";
    67 "KGS" 2 "KGS" "Som";
    68 "KHR" 2 "៛" "Riel";
    69 "KMF" 0 "CF" "Comorian Franc";
    70 "KRW" 0 "₩" "Won";
    71 "KWD" 3 "KD" "Kuwaiti Dinar";
    72 "KYD" 2 "CI$" "Cayman Islands Dollar";
    73 "KZT" 2 "₸" "Tenge";
    74 "LAK" 2 "₭" "Lao Kip";
    75 "LBP" 2 "LBP" "Lebanese Pound";
    76 "LKR" 2 "Rs" "Sri Lanka Rupee";
    77 "LRD" 2 "LD$" "Liberian Dollar";
    78 "LSL" 2 "LSL" "Loti";
    79 "LYD" 3 "LD" "Libyan Dinar";
    80 "MAD" 2 "MAD" "Moroccan Dirham";
    81 "MDL" 2 "MDL" "Moldovan Leu";
    82 "MGA" 2 "Ar" "Malagasy Ariary";
    83 "MKD" 2 "den" "Denar";
    84 "MMK" 2 "K" "Kyat";
    85 "MNT" 2 "₮" "Tugrik";
    86 "MOP" 2 "MOP$" "Pataca";
    87 "MUR" 2 "MUR" "Mauritius Rupee";
    88 "MVR" 2 "Rf" "Rufiyaa";
    89 "MWK" 2 "MK" "Malawi Kwacha";
    90 "MXN" 2 "MX$" "Mexican Peso";
    91 "MYR" 2 "RM" "Malaysian Ringgit";
    92 "MZN" 2 "MT" "Mozambique Metical";
    93 "NAD" 2 "N$" "Namibia Dollar";
    94 "NGN" 2 "₦" "Naira";
    95 "NIO" 2 "C$" "Cordoba Oro";
    96 "NOK" 2 "kr" "Norwegian Krone";
    97 "NPR" 2 "NPR" "Nepalese Rupee";
    98 "NZD" 2 "NZ$" "New Zealand Dollar";
    99 "OMR" 3 "OMR" "Rial Omani";
    100 "PAB" 2 "B/." "Balboa";
    101 "PEN" 2 "S/" "Sol";
    102 "PGK" 2 "PGK" "Kina";
    103 "PHP" 2 "₱" "Philippine Peso";
    104 "PKR" 2 "PKR" "Pakistan Rupee";
    105 "PLN" 2 "zł" "Zloty";
    106 "PYG" 0 "₲" "Guarani";
    107 "QAR" 2 "QR" "Qatari Rial";
    108 "RON" 2 "lei" "Romanian Leu";
    109 "RSD" 2 "RSD" "Serbian Dinar";
    110 "RUB" 2 "RUB" "Russian Ruble";
    111 "RWF" 0 "RWF" "Rwanda Franc";
    112 "SAR" 2 "SAR" "Saudi Riyal";
    113 "SCR" 2 "SCR" "Seychelles Rupee";
    114 "SDG" 2 "SDG" "Sudanese Pound";
    115 "SEK" 2 "kr" "Swedish Krona";
    116 "SGD" 2 "S$" "Singapore Dollar";
    117 "SOS" 2 "SOS" "Somali Shilling";
    118 "SRD" 2 "SRD" "Surinam Dollar";
    119 "SYP" 2 "SYP" "Syrian Pound";
    120 "SZL" 2 "E" "Lilangeni";
    121 "THB" 2 "฿" "Baht";
    122 "TJS" 2 "TJS" "Somoni";
    123 "TMT" 2 "TMT" "Turkmenistan Manat";
    124 "TND" 3 "DT" "Tunisian Dinar";
    125 "TOP" 2 "T$" "Pa'anga";
    126 "TRY" 2 "₺" "Turkish Lira";
    127 "TTD" 2 "TT$" "Trinidad and Tobago Dollar";
    128 "TWD" 2 "NT$" "New Taiwan Dollar";
    129 "TZS" 2 "TSh" "Tanzanian Shilling";
    130 "UAH" 2 "₴" "Hryvnia";
    131 "UGX" 0 "USh" "Uganda Shilling";
    132 "USD" 2 "$" "US Dollar";
    133 "UYU" 2 "$U" "Peso Uruguayo";
    134 "UZS" 2 "UZS" "Uzbekistan Sum";
    135 "VES" 2 "VES" "Bolívar Soberano";
    136 "VND" 0 "₫" "Dong";
    137 "XAF" 0 "FCFA" "CFA Franc BEAC";
    138 "XCD" 2 "EC$" "East Caribbean Dollar";
    139 "XOF" 0 "CFA" "CFA Franc BCEAO";
    140 "XPF" 0 "₣" "CFP Franc";
    141 "YER" 2 "YER" "Yemeni Rial";
    142 "ZAR" 2 "R" "Rand";
    143 "ZMW" 2 "ZK" "Zambian Kwacha";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_people_write_them() {
        assert_eq!(display(50_000_000, "EUR"), "€5,000");
        assert_eq!(display(12_345_000, "USD"), "US$1,234.50");
        assert_eq!(display(-10_000, "JPY"), "-¥1");
        assert_eq!(display(1_234, "XXX"), "XXX0.12");
        assert_eq!(display(50_500, "TND"), "DT5.050");
        assert_eq!(display(i64::MIN, "EUR"), "-€922,337,203,685,477.58");
    }

    #[test]
    fn every_currency_is_found_by_its_code_in_any_case() {
        for currency in ALL {
            assert_eq!(find(currency.code).map(|c| c.id), Some(currency.id));
            assert_eq!(find(&currency.code.to_lowercase()).map(|c| c.id), Some(currency.id));
        }
        assert!(find("EURO").is_none() && find("").is_none() && find("ÄÖ").is_none());
    }
}

//! Postgres over TLS, against a server of the test's own with certificates made here.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use penstock_testing::{Home, OwnPostgres, ran};
use postgres::{Client, NoTls};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};

use crate::support::Place;

/// An authority, and what it signs.
fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::new()).expect("no names");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key")).expect("an authority")
}

/// Gives a server a certificate for `localhost`, signed by the authority.
fn certify(data: &Path, authority: &CertifiedIssuer<'static, KeyPair>) -> String {
    let key = KeyPair::generate().expect("a key");
    let params = CertificateParams::new(["localhost".to_owned()]).expect("a name");
    let certificate = params.signed_by(&key, authority).expect("a certificate");
    fs::write(data.join("server.crt"), certificate.pem()).expect("a file");
    let file = data.join("server.key");
    fs::write(&file, key.serialize_pem()).expect("a file");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("a key that is kept");
    "ssl = on".to_owned()
}

/// A place whose database URL has this host and these parameters.
fn place(server: &OwnPostgres, host: &str, parameters: &str) -> Place {
    let url = format!("{}?{parameters}", server.url().replace("127.0.0.1", host));
    Place { folder: tempfile::tempdir().expect("a folder"), home: Home::Own { url } }
}

#[test]
fn connections_to_postgres_are_encrypted_and_the_server_is_checked_as_the_url_asks() {
    let what = "Postgres over TLS";
    let authority = authority();
    let Some(server) = OwnPostgres::start(what, |data| certify(data, &authority)) else { return };
    ran(what);
    let folder = tempfile::tempdir().expect("a folder");
    let [known, own, stranger] = ["known.pem", "own.pem", "stranger.pem"].map(|name| folder.path().join(name));
    fs::write(&known, authority.pem()).expect("a file");
    fs::copy(server.data().join("server.crt"), &own).expect("a copy");
    fs::write(&stranger, self::authority().pem()).expect("a file");
    let [known, own, stranger] = [&known, &own, &stranger].map(|file| file.to_str().expect("text").replace('/', "%2F"));
    for (host, parameters) in [
        ("127.0.0.1", String::new()),
        ("127.0.0.1", "sslmode=prefer".to_owned()),
        ("127.0.0.1", "sslmode=require".to_owned()),
        ("127.0.0.1", format!("sslmode=require&sslrootcert={known}")),
        ("127.0.0.1", format!("sslmode=verify-ca&sslrootcert={known}")),
        ("localhost", format!("sslmode=verify-full&sslrootcert={known}")),
        ("localhost", format!("application_name=penstock&sslrootcert={own}&sslmode=verify-full")),
    ] {
        let running = place(&server, host, &parameters).serve(&[]);
        assert_eq!(running.get("/v1/deals").status, 200, "{parameters}");
        assert_eq!(connections(&server), (0, true), "{parameters}: no connection is plain");
    }
    let plain = place(&server, "127.0.0.1", "sslmode=disable").serve(&[]);
    assert!(connections(&server).0 > 0, "disable is plain");
    drop(plain);
    for (host, parameters, expected) in [
        ("127.0.0.1", format!("sslmode=verify-full&sslrootcert={known}"), "is for another host"),
        ("127.0.0.1", format!("sslmode=verify-full&sslrootcert={own}"), "is for another host"),
        ("localhost", format!("sslmode=verify-full&sslrootcert={stranger}"), "not signed by a known authority"),
        ("127.0.0.1", format!("sslmode=verify-ca&sslrootcert={stranger}"), "not signed by a known authority"),
        ("127.0.0.1", format!("sslmode=require&sslrootcert={stranger}"), "not signed by a known authority"),
        ("localhost", "sslmode=verify-full&sslrootcert=%2Fno%2Fsuch.pem".to_owned(), "sslrootcert /no/such.pem"),
        ("localhost", "sslmode=always".to_owned(), "sslmode must be"),
    ] {
        let complaint = place(&server, host, &parameters).complaint(&["migrate"]);
        assert!(complaint.contains(expected), "{parameters}: {complaint}");
    }
}

#[test]
fn a_server_without_tls_is_refused_where_the_url_asks_for_it() {
    let what = "Postgres without TLS";
    let Some(server) = OwnPostgres::start(what, |_| String::new()) else { return };
    let said = place(&server, "127.0.0.1", "sslmode=prefer").say(&["migrate"]);
    assert!(said.contains("up to date"), "{said}");
    for mode in ["require", "verify-ca", "verify-full"] {
        let file = tempfile::NamedTempFile::new().expect("a file");
        fs::write(file.path(), authority().pem()).expect("written");
        let parameters = format!("sslmode={mode}&sslrootcert={}", file.path().display());
        let complaint = place(&server, "127.0.0.1", &parameters).complaint(&["migrate"]);
        assert!(complaint.contains("it has no TLS") && complaint.contains("ssl = on"), "{mode}: {complaint}");
    }
}

/// How many of Penstock's connections are plain now, and whether some are not.
fn connections(server: &OwnPostgres) -> (i64, bool) {
    let mut client = Client::connect(&format!("{}?sslmode=disable", server.url()), NoTls).expect("a connection");
    let ask = "SELECT COUNT(*) FILTER (WHERE NOT s.ssl), COUNT(*) FILTER (WHERE s.ssl) > 0 FROM pg_stat_ssl s \
               JOIN pg_stat_activity a ON a.pid = s.pid WHERE a.application_name = 'penstock'";
    let row = client.query_one(ask, &[]).expect("it runs");
    (row.get(0), row.get(1))
}

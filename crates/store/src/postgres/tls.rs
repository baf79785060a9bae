//! TLS to the Postgres server, as `sslmode` and `sslrootcert` in the URL ask for it; the words are those of `libpq`.
//!
//! Without `sslrootcert` the authorities are the system's, which its administrator keeps up to date and can add to; a
//! list that is compiled in would grow old and know no authority of a company's own.

use std::{error::Error as _, io, path::Path, sync::Arc};

use penstock_model::{Error, Result};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
        verify_server_name,
    },
    crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject},
    server::ParsedCertificate,
};
use tokio_postgres::config::SslMode;
use tokio_postgres_rustls::MakeRustlsConnect;

/// What of the server's certificate is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Check {
    /// Nothing but that the server has its key: who listens is kept out, who stands between is not.
    Nothing,
    /// That a known authority signed it.
    Authority,
    /// That, and that it is for the host of the URL.
    Host,
}

/// How connections are encrypted.
#[derive(Clone)]
pub(super) struct Tls {
    /// When a connection must be, or may be.
    pub(super) mode: SslMode,
    /// How; unset: not at all.
    pub(super) connect: Option<MakeRustlsConnect>,
}

impl std::fmt::Debug for Tls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tls").field("mode", &self.mode).finish_non_exhaustive()
    }
}

impl Tls {
    /// What the URL's `sslmode` (`prefer` when it is unset, as everywhere) and `sslrootcert` mean.
    ///
    /// # Errors
    /// `Unavailable` when there is no such mode, or when the authorities can't be read.
    pub(super) fn of(mode: Option<&str>, roots: Option<&str>) -> Result<Self> {
        let (mode, check) = match mode.unwrap_or("prefer") {
            "disable" => return Ok(Self { mode: SslMode::Disable, connect: None }),
            "prefer" => (SslMode::Prefer, Check::Nothing),
            // As `libpq` has it: whoever names an authority wants it to count.
            "require" if roots.is_some() => (SslMode::Require, Check::Authority),
            "require" => (SslMode::Require, Check::Nothing),
            "verify-ca" => (SslMode::Require, Check::Authority),
            "verify-full" => (SslMode::Require, Check::Host),
            _ => {
                return Err(Error::unavailable(
                    "the database URL's sslmode must be disable, prefer, require, verify-ca or verify-full",
                ));
            }
        };
        let verifier = Verifier::new(check, roots)?;
        let config = ClientConfig::builder_with_provider(Arc::clone(&verifier.provider))
            .with_safe_default_protocol_versions()
            .map_err(|e| Error::internal(format!("TLS can't be set up: {e}")))?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        Ok(Self { mode, connect: Some(MakeRustlsConnect::new(config)) })
    }
}

/// What a failed handshake asks of the operator.
pub(super) fn advice(e: &tokio_postgres::Error) -> Option<&'static str> {
    let mut cause = e.source();
    while let Some(found) = cause {
        let inner = found.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        if let Some(refused) = inner.and_then(|e| e.downcast_ref::<rustls::Error>()) {
            return match refused {
                rustls::Error::InvalidCertificate(
                    CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
                ) => Some(
                    "its certificate is for another host: name the host as the certificate does, or check only the \
                     authority by sslmode=verify-ca",
                ),
                rustls::Error::InvalidCertificate(
                    CertificateError::Expired | CertificateError::ExpiredContext { .. },
                ) => Some("its certificate has expired"),
                rustls::Error::InvalidCertificate(_) => Some(
                    "its certificate is not signed by a known authority: name the authority's by sslrootcert=FILE in \
                     the database URL",
                ),
                _ => None,
            };
        }
        if found.to_string() == "server does not support TLS" {
            return Some("it has no TLS, which the database URL's sslmode asks for: set `ssl = on` there");
        }
        cause = found.source();
    }
    None
}

/// Checks the server's certificate.
#[derive(Debug)]
struct Verifier {
    check: Check,
    provider: Arc<CryptoProvider>,
    /// What is trusted, as it was given: a server's own certificate may be among it, which is no authority.
    given: Vec<CertificateDer<'static>>,
    /// Unset when nothing is to be checked.
    authorities: Option<Arc<WebPkiServerVerifier>>,
}

impl Verifier {
    fn new(check: Check, roots: Option<&str>) -> Result<Self> {
        let provider = Arc::new(ring::default_provider());
        if check == Check::Nothing {
            return Ok(Self { check, provider, given: Vec::new(), authorities: None });
        }
        let given = match roots {
            None | Some("system") => rustls_native_certs::load_native_certs().certs,
            Some(file) => read(Path::new(file))?,
        };
        let mut store = RootCertStore::empty();
        store.add_parsable_certificates(given.iter().cloned());
        let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(store), Arc::clone(&provider)).build();
        let none = |e| {
            let what = "no certificate of an authority is known: name one by sslrootcert=FILE in the database URL";
            Error::unavailable(what).caused_by(e)
        };
        Ok(Self { check, provider, given, authorities: Some(verifier.map_err(none)?) })
    }
}

fn read(file: &Path) -> Result<Vec<CertificateDer<'static>>> {
    let wrong = |e: &dyn std::fmt::Display| {
        Error::unavailable(format!("the database URL's sslrootcert {} can't be read: {e}", file.display()))
    };
    let found: std::result::Result<Vec<_>, _> = CertificateDer::pem_file_iter(file).map_err(|e| wrong(&e))?.collect();
    let found = found.map_err(|e| wrong(&e))?;
    if found.is_empty() { Err(wrong(&"there is no certificate in it")) } else { Ok(found) }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        server: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> std::result::Result<ServerCertVerified, rustls::Error> {
        let Some(authorities) = &self.authorities else { return Ok(ServerCertVerified::assertion()) };
        if self.given.iter().any(|known| known == server) {
            if self.check == Check::Host {
                verify_server_name(&ParsedCertificate::try_from(server)?, name)?;
            }
            return Ok(ServerCertVerified::assertion());
        }
        match authorities.verify_server_cert(server, between, name, ocsp, now) {
            // The name is looked at when the signatures are good.
            Err(rustls::Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) if self.check == Check::Authority => Ok(ServerCertVerified::assertion()),
            checked => checked,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, cert, signed, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, cert, signed, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

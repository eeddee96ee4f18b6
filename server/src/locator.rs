//! Where addresses are.

use std::{net::IpAddr, path::Path};

use domain::privacy::Location;
use maxminddb::{MaxMindDbError, Reader, geoip2::City};

/// A database of cities or countries in the format of `MaxMind`, in memory. Without one, nothing is known.
#[derive(Default)]
pub struct Locator(Option<Reader<Vec<u8>>>);

impl Locator {
    /// Reads a database.
    ///
    /// # Errors
    /// When it cannot be read, or is none.
    pub fn open(file: &Path) -> Result<Self, MaxMindDbError> {
        Reader::open_readfile(file).map(|reader| Self(Some(reader)))
    }

    /// Where an address is, by English names. A record that cannot be read is none.
    pub fn locate(&self, address: IpAddr) -> Location {
        let Some(reader) = &self.0 else { return Location::default() };
        let found = reader.lookup(address.to_canonical()).and_then(|found| found.decode::<City<'_>>());
        let Ok(Some(record)) = found else { return Location::default() };
        let owned = |name: Option<&str>| name.map(ToOwned::to_owned);
        Location {
            country: owned(record.country.names.english),
            region: owned(record.subdivisions.first().and_then(|region| region.names.english)),
            city: owned(record.city.names.english),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    fn cities() -> Locator {
        Locator::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/GeoIP2-City-Test.mmdb")).unwrap()
    }

    fn located(locator: &Locator, address: &str) -> [Option<String>; 3] {
        let Location { country, region, city } = locator.locate(address.parse().unwrap());
        [country, region, city]
    }

    #[test]
    fn an_address_is_located_as_far_as_the_database_knows() {
        let expected = ["Sweden", "Östergötland County", "Linköping"].map(|name| Some(name.to_owned()));
        assert_eq!(located(&cities(), "89.160.20.128"), expected);
        assert_eq!(located(&cities(), "::ffff:89.160.20.128"), expected);
        assert_eq!(located(&cities(), "2001:480:10::1").map(|name| name.is_some()), [true, true, true]);
        assert_eq!(located(&cities(), "127.0.0.1"), [None, None, None]);
    }

    #[test]
    fn without_a_database_nothing_is_known() {
        assert_eq!(located(&Locator::default(), "89.160.20.128"), [None, None, None]);
        assert!(Locator::open(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml").as_path()).is_err());
    }
}

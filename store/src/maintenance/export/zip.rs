//! What makes a ZIP file of compressed files: a header before each, and a directory behind all.
//!
//! No library writes an archive that several processes make in turn; and what there is to write, once the compressed files are there, are three records
//! (PKWARE's APPNOTE, 4.3). A test reads our archives by a library.

use domain::{export::ExportFile, id::ExportId, time::Millis};

use super::archive;
use crate::{
    Error,
    engine::{Tx, args},
    maintenance::jobs::ExportedFile,
};

/// Deflate, and names in UTF-8.
const VERSION: u16 = 20;
const UTF_8: u16 = 1 << 11;
const DEFLATED: u16 = 8;
/// The directory's place, behind the last file.
const BEHIND: i64 = ExportFile::Events as i64 + 1;

/// The headers, in the order of the files, and the directory.
pub(super) struct Around {
    headers: Vec<Vec<u8>>,
    directory: Vec<u8>,
}

/// For files that are smaller than 4 GiB, all together as well.
pub(super) fn around(files: &[ExportedFile; 3], made_at: Millis) -> Around {
    let (mut headers, mut directory, mut at) = (Vec::new(), Vec::new(), 0);
    for (file, which) in files.iter().zip(ExportFile::ALL) {
        let fields = fields(file, which.name(), made_at);
        let header = [b"PK\x03\x04".as_slice(), &fields, &[0; 2], which.name().as_bytes()].concat();
        let begins = u32::try_from(at).unwrap_or(u32::MAX);
        directory.extend(b"PK\x01\x02");
        directory.extend(VERSION.to_le_bytes());
        directory.extend(fields);
        // No extra field, no comment, on the first disk, with no attributes.
        directory.extend([0; 2 + 2 + 2 + 2 + 4]);
        directory.extend(begins.to_le_bytes());
        directory.extend(which.name().as_bytes());
        at += header.len() as u64 + file.packed;
        headers.push(header);
    }
    let size = u32::try_from(directory.len()).unwrap_or(u32::MAX);
    let begins = u32::try_from(at).unwrap_or(u32::MAX);
    let count = u16::try_from(files.len()).unwrap_or(u16::MAX);
    directory.extend(b"PK\x05\x06\0\0\0\0");
    directory.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    directory.extend([size.to_le_bytes(), begins.to_le_bytes()].concat());
    directory.extend([0; 2]);
    Around { headers, directory }
}

/// What header and directory have in common, up to the length of the name.
fn fields(file: &ExportedFile, name: &str, made_at: Millis) -> Vec<u8> {
    let size = |bytes: u64| u32::try_from(bytes).unwrap_or(u32::MAX).to_le_bytes();
    let name = u16::try_from(name.len()).unwrap_or(u16::MAX);
    let (date, time) = dos(made_at);
    let head = [VERSION, UTF_8, DEFLATED, time, date].map(u16::to_le_bytes).concat();
    [head, [file.crc.to_le_bytes(), size(file.packed), size(file.size)].concat(), name.to_le_bytes().to_vec()].concat()
}

/// Date and time as MS-DOS had them: years since 1980, and two seconds at a time.
fn dos(at: Millis) -> (u16, u16) {
    let text = at.rfc3339();
    let part = |from: usize, to: usize| text.get(from..to).and_then(|digits| digits.parse::<u16>().ok()).unwrap_or_default();
    let date = (part(0, 4).saturating_sub(1980).min(127) << 9) | (part(5, 7) << 5) | part(8, 10);
    let time = (part(11, 13) << 11) | (part(14, 16) << 5) | (part(17, 19) / 2);
    (date, time)
}

impl Around {
    pub(super) fn len(&self) -> u64 {
        (self.headers.iter().map(Vec::len).sum::<usize>() + self.directory.len()) as u64
    }

    /// Each header comes before the first part of its file, whose number is 1.
    pub(super) async fn insert(self, tx: &mut Tx, export: ExportId) -> Result<(), Error> {
        let headers = self.headers.into_iter().zip(0_i64..).map(|(header, file)| args![export, file, 0_i64, header]);
        let directory = args![export, BEHIND, 0_i64, self.directory];
        archive::insert(tx, headers.chain([directory]).collect()).await
    }
}

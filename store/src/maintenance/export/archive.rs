//! The files of an archive, compressed as they grow.
//!
//! What DEFLATE writes up to a flush ends with a whole byte, and what begins after it needs nothing of what came before. So pieces that were compressed by different
//! workers are one stream, and of the checksum its value so far is enough to go on.

use std::io::Write;

use crc32fast::Hasher;
use domain::{export::ExportFile, id::ExportId};
use flate2::{Compression, write::DeflateEncoder};

use crate::{
    Error,
    engine::{Arg, Tx, args},
    maintenance::jobs::ExportedFile,
};

/// The most bytes of a part: what a download holds in memory.
pub(super) const PART: usize = 256 << 10;

/// What is to be stored.
#[derive(Default)]
pub(super) struct Parts {
    rows: Vec<(i64, u32, Vec<u8>)>,
}

impl Parts {
    /// The next text of a file.
    pub(super) fn append(&mut self, file: &mut ExportedFile, at: ExportFile, text: &str, is_last: bool) -> Result<(), Error> {
        if text.is_empty() && !is_last {
            return Ok(());
        }
        // Memory takes whatever is written.
        let packed = pack(text.as_bytes(), is_last).map_err(|_| Error::Inconsistent { table: "export_parts" })?;
        let mut crc = Hasher::new_with_initial_len(file.crc, file.size);
        crc.update(text.as_bytes());
        file.crc = crc.finalize();
        file.size += text.len() as u64;
        file.packed += packed.len() as u64;
        for part in packed.chunks(PART) {
            file.parts += 1;
            self.rows.push((at as i64, file.parts, part.to_vec()));
        }
        Ok(())
    }

    pub(super) async fn insert(self, tx: &mut Tx, export: ExportId) -> Result<(), Error> {
        insert(tx, self.rows.into_iter().map(|(file, number, bytes)| args![export, file, number, bytes]).collect()).await
    }
}

/// Parts go in the order of file and number.
pub(super) async fn insert(tx: &mut Tx, rows: Vec<Vec<Arg>>) -> Result<(), Error> {
    const HEAD: &str = "INSERT INTO export_parts (export_id, file, number, bytes)";
    tx.insert(HEAD, rows, "").await?;
    Ok(())
}

fn pack(bytes: &[u8], is_last: bool) -> std::io::Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    if is_last {
        return encoder.finish();
    }
    encoder.flush()?;
    Ok(std::mem::take(encoder.get_mut()))
}

//! Files beside their compressed forms.

use std::{
    fs,
    io::{Cursor, Write},
    path::{Path, PathBuf},
};

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

const COMPRESSIBLE: [&str; 8] = ["css", "html", "js", "json", "svg", "txt", "wasm", "webmanifest"];

/// How much time a smaller file is worth.
#[derive(Clone, Copy)]
pub(crate) enum Quality {
    Best,
    Quick,
}

impl Quality {
    fn of_brotli(self) -> i32 {
        match self {
            Self::Best => 11,
            Self::Quick => 5,
        }
    }
}

/// Writes the `.br` and `.gz` of every compressible file under `folder`, where they are smaller than the file.
pub(crate) fn folder(folder: &Path, quality: Quality) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            self::folder(&path, quality)?;
        } else if is_compressible(&path) {
            let bytes = fs::read(&path)?;
            for (suffix, compressed) in [("br", brotli(&bytes, quality)?), ("gz", gzip(&bytes)?)] {
                if compressed.len() < bytes.len() {
                    fs::write(with_suffix(&path, suffix), compressed)?;
                }
            }
        }
    }
    Ok(())
}

/// `cairn.js` with the suffix `br` is `cairn.js.br`.
pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    name.into()
}

fn brotli(bytes: &[u8], quality: Quality) -> Result<Vec<u8>> {
    let params = BrotliEncoderParams { quality: quality.of_brotli(), lgwin: 24, size_hint: bytes.len(), ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut Cursor::new(bytes), &mut compressed, &params)?;
    Ok(compressed)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

fn is_compressible(path: &Path) -> bool {
    path.extension().is_some_and(|extension| COMPRESSIBLE.iter().any(|known| extension == *known))
}

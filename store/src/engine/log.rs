//! Which pages were written lately: the page numbers in SQLite's write-ahead log.

use std::{
    collections::BTreeSet,
    fs::File,
    io::{self, ErrorKind, Read, Seek, SeekFrom},
    ops::Range,
    path::PathBuf,
};

const HEADER: usize = 32;
const FRAME_HEADER: u64 = 24;
/// What a file system frees within a few milliseconds.
const SHORTENED_BY: u64 = 8 << 20;

/// Random numbers that are new each time the log begins anew. `None` before anything was written to it.
pub(crate) type Generation = Option<[u8; HEADER]>;

/// A reader of `cairn.db-wal`. This file may be read beside SQLite; the database's own must not, since closing it would drop SQLite's locks.
#[derive(Debug, Clone)]
pub(crate) struct Log {
    file: PathBuf,
    generation: Generation,
    /// How many frames of this generation were read.
    read: u64,
}

impl Log {
    pub(crate) fn new(file: PathBuf) -> Self {
        Self { file, generation: None, read: 0 }
    }

    /// To be asked for *before* SQLite is asked for the number of frames: a log that begins anew between the two is then noticed the next time.
    pub(crate) fn generation(&self) -> io::Result<Generation> {
        Ok(self.open()?.map(|(_, header)| header))
    }

    /// Passes over what the log holds now.
    pub(crate) fn skip(&mut self, generation: Generation, frames: u64) {
        (self.generation, self.read) = (generation, frames);
    }

    /// The pages of the frames that were not read yet. Beyond `frames`, the number that SQLite names, the file may hold what was rolled back or is being written.
    pub(crate) fn pages(&mut self, generation: Generation, frames: u64) -> io::Result<BTreeSet<i64>> {
        if self.generation != generation {
            self.skip(generation, 0);
        }
        let unread = self.read..frames;
        self.read = self.read.max(frames);
        let mut pages = BTreeSet::new();
        let Some((mut file, header)) = self.open()? else {
            return Ok(pages);
        };
        let frame = frame(&header);
        for at in unread {
            file.seek(SeekFrom::Start(HEADER as u64 + at * frame))?;
            let mut number = [0; 4];
            match file.read_exact(&mut number) {
                Ok(()) => drop(pages.insert(i64::from(be32(&number)))),
                // It began anew just now.
                Err(error) if error.kind() == ErrorKind::UnexpectedEof => break,
                Err(error) => return Err(error),
            }
        }
        Ok(pages)
    }

    /// The same as places in the database's file, in their order; pages that lie side by side are one.
    pub(crate) fn places(&mut self, generation: Generation, frames: u64) -> io::Result<Vec<Range<u64>>> {
        let Some((_, header)) = self.open()? else { return Ok(Vec::new()) };
        let size = frame(&header) - FRAME_HEADER;
        let mut places: Vec<Range<u64>> = Vec::new();
        for page in self.pages(generation, frames)?.into_iter().filter(|page| *page > 0) {
            let end = page.unsigned_abs() * size;
            match places.last_mut() {
                Some(last) if last.end == end - size => last.end = end,
                _ => places.push(end - size..end),
            }
        }
        Ok(places)
    }

    /// Cuts off some of what lies beyond so many frames, and answers whether there is much more. Only for whoever keeps everybody from writing.
    pub(crate) fn shorten(&self, frames: u64) -> io::Result<bool> {
        let Some((_, header)) = self.open()? else { return Ok(false) };
        let file = File::options().write(true).open(&self.file)?;
        let needed = HEADER as u64 + frames * frame(&header);
        let length = file.metadata()?.len();
        let shorter = length.saturating_sub(SHORTENED_BY);
        if shorter > needed {
            file.set_len(shorter)?;
        }
        Ok(shorter > needed + SHORTENED_BY)
    }

    fn open(&self) -> io::Result<Option<(File, [u8; HEADER])>> {
        let mut header = [0; HEADER];
        let opened = File::open(&self.file).and_then(|mut file| {
            file.read_exact(&mut header)?;
            Ok(file)
        });
        match opened {
            Ok(file) => Ok(Some((file, header))),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::UnexpectedEof) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn frame(header: &[u8; HEADER]) -> u64 {
    FRAME_HEADER + u64::from(be32(&header[8..12]))
}

fn be32(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test says what went wrong by panicking")]
mod tests {
    use super::*;

    const PAGE: u32 = 512;

    fn write(file: &std::path::Path, salt: u8, numbers: &[u32]) {
        let mut bytes = vec![salt; HEADER];
        bytes[8..12].copy_from_slice(&PAGE.to_be_bytes());
        for number in numbers {
            bytes.extend(number.to_be_bytes());
            bytes.extend([0xee; 20 + PAGE as usize]);
        }
        std::fs::write(file, bytes).unwrap();
    }

    #[test]
    fn each_frame_is_read_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("wal");
        let mut log = Log::new(file.clone());
        assert_eq!(log.generation().unwrap(), None);
        assert!(log.pages(None, 0).unwrap().is_empty());

        write(&file, 1, &[7, 9, 7, 3]);
        let generation = log.generation().unwrap();
        log.skip(generation, 1);
        assert_eq!(log.pages(generation, 3).unwrap(), BTreeSet::from([7, 9]));
        assert_eq!(log.pages(generation, 4).unwrap(), BTreeSet::from([3]));
        assert!(log.pages(generation, 4).unwrap().is_empty());
    }

    #[test]
    fn pages_side_by_side_are_one_place() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("wal");
        write(&file, 1, &[7, 3, 1, 2]);
        let mut log = Log::new(file);
        let generation = log.generation().unwrap();
        assert_eq!(log.places(generation, 4).unwrap(), [0..3 * 512, 6 * 512..7 * 512]);
        assert!(log.places(generation, 4).unwrap().is_empty());
    }

    #[test]
    fn a_log_is_shortened_a_little_at_a_time_and_never_by_a_frame_that_counts() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("wal");
        let log = Log::new(file.clone());
        assert!(!log.shorten(0).unwrap(), "there is none");
        write(&file, 1, &[7, 9, 7, 3]);
        let needed = std::fs::metadata(&file).unwrap().len();
        File::options().write(true).open(&file).unwrap().set_len(3 * SHORTENED_BY).unwrap();
        assert!(log.shorten(4).unwrap());
        assert_eq!(std::fs::metadata(&file).unwrap().len(), 2 * SHORTENED_BY);
        assert!(!log.shorten(4).unwrap(), "the rest goes at once");
        assert!(!log.shorten(4).unwrap());
        assert!(std::fs::metadata(&file).unwrap().len() >= needed);
    }

    #[test]
    fn a_log_that_began_anew_is_read_from_its_start() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("wal");
        let mut log = Log::new(file.clone());
        write(&file, 1, &[7, 9, 7, 3]);
        let old = log.generation().unwrap();
        write(&file, 2, &[5, 6]);
        // It began anew after it was asked for its generation: what comes out does not matter, but the next time everything does.
        log.pages(old, 4).unwrap();
        let new = log.generation().unwrap();
        assert_eq!(log.pages(new, 2).unwrap(), BTreeSet::from([5, 6]));
    }
}

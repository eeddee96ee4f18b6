//! The erasure journal: what was erased, outside of the database, so that a restored backup can be erased from again before it answers.
//!
//! One JSON document a line, only ever added to. It names nobody: users stand in it by the keyed hashes by which the database knows them.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, BufRead, BufReader, Write},
    path::{Path, PathBuf},
};

use domain::{
    id::{AccountId, RequestId},
    time::Millis,
};
use serde::{Deserialize, Serialize};

use crate::console::suppressions::Hashes;

/// The file.
#[derive(Debug, Clone)]
pub struct Journal {
    file: PathBuf,
}

/// What a request erased, written down before its first row goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) request: RequestId,
    pub(crate) account: AccountId,
    /// When it began. Entries expire by it.
    pub(crate) at: Millis,
    pub(crate) cut: Millis,
    /// Where everything went.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) everything_in: Option<i64>,
    /// User keys by environment.
    pub(crate) users: BTreeMap<i64, Vec<i64>>,
    /// Whom it keeps out, and until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) suppressed: Option<(Hashes, Millis)>,
}

/// What stands in the file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Entries {
    /// The newest of each request, oldest first.
    pub(crate) known: Vec<Entry>,
    /// How many lines are no entries. A crash leaves one that is cut off.
    pub(crate) unreadable: u32,
}

/// Why the journal could not be used.
#[derive(Debug, thiserror::Error)]
#[error("the erasure journal {}: {source}", file.display())]
pub struct JournalError {
    file: PathBuf,
    source: io::Error,
}

impl Journal {
    /// The file at `file`, made with its first entry.
    pub fn at(file: impl Into<PathBuf>) -> Self {
        Self { file: file.into() }
    }

    /// Adds an entry, durably.
    pub(crate) fn add(&self, entry: &Entry) -> Result<(), JournalError> {
        self.told(self.locked(|| {
            let line = serde_json::to_string(entry)? + "\n";
            let is_new = !self.file.exists();
            let mut file = File::options().create(true).append(true).open(&self.file)?;
            if !ends_with_line(&self.file)? {
                // A crash in the middle of an entry: its request writes it once more.
                file.write_all(b"\n")?;
            }
            file.write_all(line.as_bytes())?;
            file.sync_data()?;
            if is_new { sync_folder(&self.file) } else { Ok(()) }
        }))
    }

    /// What stands in it since then; older entries are forgotten, as no backup is older. A file of several lines in which none is an entry is something else, and refused.
    pub(crate) fn open(&self, since: Millis) -> Result<Entries, JournalError> {
        self.told(self.locked(|| {
            let mut entries = self.entries()?;
            let all = entries.known.len();
            entries.known.retain(|entry| entry.at >= since);
            if entries.known.len() < all {
                self.replace(&entries.known)?;
            }
            Ok(entries)
        }))
    }

    /// Old or new, whatever happens meanwhile.
    fn replace(&self, entries: &[Entry]) -> io::Result<()> {
        let mut text = String::new();
        for entry in entries {
            text += &serde_json::to_string(entry)?;
            text.push('\n');
        }
        let beside = self.beside("new");
        let mut file = File::create(&beside)?;
        file.write_all(text.as_bytes())?;
        file.sync_data()?;
        fs::rename(&beside, &self.file)?;
        sync_folder(&self.file)
    }

    fn entries(&self) -> io::Result<Entries> {
        let file = match File::open(&self.file) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Entries::default()),
            Err(error) => return Err(error),
        };
        let mut entries: BTreeMap<RequestId, Entry> = BTreeMap::new();
        let mut unreadable = 0;
        for line in BufReader::new(file).split(b'\n') {
            match serde_json::from_slice::<Entry>(&line?) {
                Ok(entry) => drop(entries.insert(entry.request, entry)),
                Err(_) => unreadable += 1,
            }
        }
        if entries.is_empty() && unreadable > 1 {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "no line of it is an entry; name the journal, or a file that is to become it",
            ));
        }
        Ok(Entries { known: entries.into_values().collect(), unreadable })
    }

    /// Servers that share the file take turns.
    fn locked<T>(&self, work: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        let lock = File::options().create(true).append(true).open(self.beside("lock"))?;
        lock.lock()?;
        work()
    }

    fn beside(&self, extension: &str) -> PathBuf {
        let mut name = self.file.file_name().unwrap_or_default().to_owned();
        name.push(".");
        name.push(extension);
        self.file.with_file_name(name)
    }

    fn told<T>(&self, result: io::Result<T>) -> Result<T, JournalError> {
        result.map_err(|source| JournalError { file: self.file.clone(), source })
    }
}

fn ends_with_line(file: &Path) -> io::Result<bool> {
    use std::io::{Read, Seek, SeekFrom};
    let mut file = File::open(file)?;
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(true);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

fn sync_folder(file: &Path) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    /// As far back as anything goes.
    const EVER: Millis = Millis(0);

    fn entry(number: u128, at: i64) -> Entry {
        let users = BTreeMap::from([(7, vec![1, 2])]);
        Entry {
            request: RequestId(uuid::Uuid::from_u128(number)),
            account: AccountId(uuid::Uuid::nil()),
            at: Millis(at),
            cut: Millis(at),
            everything_in: None,
            users,
            suppressed: None,
        }
    }

    #[test]
    fn what_was_written_is_read_once_for_each_request_and_a_torn_line_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::at(folder.path().join("erased.jsonl"));
        assert_eq!(journal.open(EVER).unwrap(), Entries::default());
        journal.add(&entry(1, 10)).unwrap();
        let mut torn = File::options().append(true).open(folder.path().join("erased.jsonl")).unwrap();
        torn.write_all(b"{\"request\":").unwrap();
        journal.add(&entry(2, 20)).unwrap();
        journal.add(&entry(1, 30)).unwrap();
        assert_eq!(journal.open(EVER).unwrap(), Entries { known: vec![entry(1, 30), entry(2, 20)], unreadable: 1 });
    }

    #[test]
    fn entries_expire_with_the_backups_and_others_stay() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::at(folder.path().join("erased.jsonl"));
        journal.add(&entry(1, 10)).unwrap();
        journal.add(&entry(2, 20)).unwrap();
        for since in [Millis(20), EVER] {
            assert_eq!(journal.open(since).unwrap().known, [entry(2, 20)], "also for whoever looks further back afterwards");
        }
    }

    #[test]
    fn a_file_of_something_else_is_no_journal() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("passwd");
        fs::write(&file, "root:x:0:0\nnobody:x:1:1\n").unwrap();
        let error = Journal::at(&file).open(EVER).unwrap_err();
        assert!(error.to_string().contains("no line of it is an entry"), "{error}");
    }

    #[test]
    fn an_error_names_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let error = Journal::at(folder.path().join("no/such/folder")).add(&entry(1, 10)).unwrap_err();
        assert!(error.to_string().contains("no/such/folder"), "{error}");
    }
}

//! A file of the disk in, byte ranges out; and whether it stayed the same while it was read.

use std::fs::{File, Metadata};
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::time::SystemTime;

use crate::error::{Error, Kind, Result};
use crate::source::Source;

/// A file that many threads read at once.
#[derive(Debug)]
pub struct FileSource {
    file: File,
    /// As a person wrote it.
    path: String,
    len: u64,
    modified: Option<SystemTime>,
}

impl FileSource {
    /// Opens a file; what has no length (a pipe, a device) is copied to a temporary file first.
    ///
    /// # Errors
    /// `Unreadable` where it is missing, forbidden or a directory.
    pub fn open(path: &Path) -> Result<FileSource> {
        let shown = path.display().to_string();
        let file = File::open(path).map_err(|error| unreadable(&shown, &error))?;
        let metadata = file.metadata().map_err(|error| unreadable(&shown, &error))?;
        if metadata.is_dir() {
            return Err(Error::new(Kind::Unreadable, format!("expected a file, found directory {shown:?}")));
        }
        if !metadata.is_file() {
            return FileSource::spooled(file, &shown);
        }
        Ok(FileSource::new(file, &metadata, shown))
    }

    /// Copies a stream to a temporary file that nobody else sees, and reads that.
    ///
    /// # Errors
    /// `Unreadable` where the stream ends badly or the disk is full.
    pub fn spooled(mut stream: impl Read, name: &str) -> Result<FileSource> {
        let spool = |error: std::io::Error| {
            Error::new(Kind::Unreadable, format!("cannot copy {name:?} to a temporary file: {error}"))
                .with_hint("the temporary folder (TMPDIR) needs room for all of it")
        };
        let mut file = tempfile::tempfile().map_err(spool)?;
        std::io::copy(&mut stream, &mut file).map_err(spool)?;
        let metadata = file.metadata().map_err(spool)?;
        Ok(FileSource::new(file, &metadata, name.into()))
    }

    fn new(file: File, metadata: &Metadata, path: String) -> FileSource {
        FileSource { file, path, len: metadata.len(), modified: metadata.modified().ok() }
    }

    /// Whether the file is still as it was opened, to be asked when all was read.
    ///
    /// # Errors
    /// `Unreadable` where its length or time is another.
    pub fn unchanged(&self) -> Result<()> {
        let now = self.file.metadata().map_err(|error| unreadable(&self.path, &error))?;
        if now.len() == self.len && now.modified().ok() == self.modified {
            return Ok(());
        }
        Err(self.changed())
    }

    fn changed(&self) -> Error {
        Error::new(Kind::Unreadable, format!("{:?} changed while it was read", self.path))
            .with_hint("try again when nobody writes to it")
    }

    #[cfg(unix)]
    fn pread(&self, offset: u64, buffer: &mut [u8]) -> std::io::Result<usize> {
        std::os::unix::fs::FileExt::read_at(&self.file, buffer, offset)
    }

    #[cfg(windows)]
    fn pread(&self, offset: u64, buffer: &mut [u8]) -> std::io::Result<usize> {
        std::os::windows::fs::FileExt::seek_read(&self.file, buffer, offset)
    }
}

impl Source for FileSource {
    fn len(&self) -> u64 {
        self.len
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> Result<()> {
        let end = offset.checked_add(buffer.len() as u64).filter(|end| *end <= self.len);
        if end.is_none() {
            return Err(Error::new(
                Kind::Unreadable,
                format!("{:?} ends at byte {}, asked for more", self.path, self.len),
            ));
        }
        let mut filled = 0;
        while filled < buffer.len() {
            match self.pread(offset + filled as u64, &mut buffer[filled..]) {
                Ok(0) => return Err(self.changed()),
                Ok(read) => filled += read,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(unreadable(&self.path, &error)),
            }
        }
        Ok(())
    }
}

/// What keeps a file from being read, in words.
pub(super) fn unreadable(path: &str, error: &std::io::Error) -> Error {
    match error.kind() {
        ErrorKind::NotFound => Error::new(Kind::Unreadable, format!("cannot find {path:?}"))
            .with_hint("check the name and the folder"),
        ErrorKind::PermissionDenied => {
            Error::new(Kind::Unreadable, format!("no permission to read {path:?}"))
                .with_hint("check its owner and mode")
        }
        _ => Error::new(Kind::Unreadable, format!("cannot read {path:?}: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn ranges_of_a_file_are_its_bytes() {
        let source = FileSource::spooled(&b"0123456789"[..], "stdin").unwrap();
        let mut buffer = [0; 4];
        source.read_at(3, &mut buffer).unwrap();
        assert_eq!((&buffer, source.len()), (b"3456", 10));
        assert_eq!(source.read_at(7, &mut buffer).unwrap_err().kind(), Kind::Unreadable);
        assert_eq!(source.read_at(u64::MAX, &mut buffer).unwrap_err().kind(), Kind::Unreadable);
        assert!(source.unchanged().is_ok());
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_says_so() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"a,b\n1,2\n").unwrap();
        let source = FileSource::open(file.path()).unwrap();
        file.write_all(b"3,4\n").unwrap();
        let error = source.unchanged().unwrap_err();
        assert!(error.message().ends_with("changed while it was read"), "{error}");
        let shrunk = FileSource::open(file.path()).unwrap();
        file.as_file().set_len(2).unwrap();
        let mut buffer = [0; 8];
        assert_eq!(shrunk.read_at(0, &mut buffer).unwrap_err().kind(), Kind::Unreadable);
    }

    #[test]
    fn what_is_no_file_says_what_it_is() {
        let folder = tempfile::tempdir().unwrap();
        assert!(FileSource::open(folder.path()).unwrap_err().message().contains("found directory"));
        let error = FileSource::open(&folder.path().join("none.csv")).unwrap_err();
        assert!(error.message().starts_with("cannot find") && error.hint().is_some());
    }
}

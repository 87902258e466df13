"""Makes the web fonts beside this file from ParaType's own. See README.md for when and how to run it."""
import pathlib, sys
from fontTools import subset
from fontTools.ttLib import TTFont

SOURCE = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/fonts/truetype/paratype")
HERE = pathlib.Path(__file__).parent
FACES = {
    "PTS55F.ttf": ("perechen-sans-regular", "Perechen Sans", "Regular"),
    "PTS75F.ttf": ("perechen-sans-bold", "Perechen Sans", "Bold"),
    "PTF55F.ttf": ("perechen-serif-regular", "Perechen Serif", "Regular"),
    "PTF75F.ttf": ("perechen-serif-bold", "Perechen Serif", "Bold"),
    "PTM55F.ttf": ("perechen-mono-regular", "Perechen Mono", "Regular"),
}
# ASCII, Latin-1, Russian and its neighbours, Ossetian ligature, typographic punctuation, rouble, number sign, arrows, minus.
UNICODES = [*range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x400, 0x460), 0x490, 0x491, 0x4D4, 0x4D5,
            0x2009, 0x200A, *range(0x2010, 0x2016), 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2020, 0x2022,
            0x2026, 0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x20BD, 0x2116, 0x2122, *range(0x2190, 0x2194), 0x2212]

for source, (name, family, style) in FACES.items():
    font = TTFont(SOURCE / source)
    # A modified font may not carry the original's name: the subsets are called otherwise, their licence stays inside.
    for record in list(font["name"].names):
        new = {1: family, 2: style, 3: f"{family} {style}; subset of a ParaType font", 4: f"{family} {style}",
               6: f"{family}-{style}".replace(" ", ""), 16: family, 17: style}.get(record.nameID)
        if new is not None:
            record.string = new
        elif record.nameID not in (0, 5, 7, 8, 9, 11, 12, 13, 14):
            font["name"].removeNames(nameID=record.nameID)
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = ["kern", "liga", "tnum", "lnum", "mark", "ccmp", "locl"]
    options.hinting = False  # hints would triple the files
    options.name_IDs = ["*"]
    options.notdef_outline = True
    s = subset.Subsetter(options)
    s.populate(unicodes=UNICODES)
    s.subset(font)
    subset.save_font(font, HERE / (name + ".woff2"), options)
    print(name, (HERE / (name + ".woff2")).stat().st_size, "bytes", font["name"].getDebugName(4), "·", sorted({f.FeatureTag for f in font["GPOS"].table.FeatureList.FeatureRecord} if "GPOS" in font else []))

# Writes elements.txt and uids.txt: the registry of DICOM data elements and of unique identifiers (PS3.6 sections 6 to 9 and annex A).
# Source of the facts: the dictionaries of pydicom 2.3.1, as Debian 12 has it (python3-pydicom).
# Use: /usr/bin/python3 Transformers/Dicom/Dictionary/generate.py [output folder]
#
# elements.txt, one line each, in the order of the tags; x stands for any digit of a repeating group:
#   <group and element> <VR, or the VRs it may have, parted by |> <VM> <keyword, - where it has none> [R where it is retired]
# uids.txt, one line each:
#   <uid> TAB <kind, a letter> TAB <name> [TAB R where it is retired]
#   kinds: T transfer syntax, C SOP class, M meta SOP class, S service class, O everything else
import pathlib
import sys

from pydicom._dicom_dict import DicomDictionary, RepeatersDictionary
from pydicom._uid_dict import UID_dictionary

folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)

# Transfer syntaxes that PS3.6 has taken up since that dictionary was made.
LATER = {
    "1.2.840.10008.1.2.4.100.1": "Fragmentable MPEG2 Main Profile / Main Level",
    "1.2.840.10008.1.2.4.101.1": "Fragmentable MPEG2 Main Profile / High Level",
    "1.2.840.10008.1.2.4.102.1": "Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.1",
    "1.2.840.10008.1.2.4.103.1": "Fragmentable MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1",
    "1.2.840.10008.1.2.4.104.1": "Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video",
    "1.2.840.10008.1.2.4.105.1": "Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video",
    "1.2.840.10008.1.2.4.106.1": "Fragmentable MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2",
    "1.2.840.10008.1.2.4.110": "JPEG XL Lossless",
    "1.2.840.10008.1.2.4.111": "JPEG XL JPEG Recompression",
    "1.2.840.10008.1.2.4.112": "JPEG XL",
    "1.2.840.10008.1.2.4.201": "High-Throughput JPEG 2000 Image Compression (Lossless Only)",
    "1.2.840.10008.1.2.4.202": "High-Throughput JPEG 2000 with RPCL Options Image Compression (Lossless Only)",
    "1.2.840.10008.1.2.4.203": "High-Throughput JPEG 2000 Image Compression",
    "1.2.840.10008.1.2.4.204": "JPIP HTJ2K Referenced",
    "1.2.840.10008.1.2.4.205": "JPIP HTJ2K Referenced Deflate",
    "1.2.840.10008.1.2.8.1": "Deflated Image Frame Compression",
}
KINDS = {"Transfer Syntax": "T", "SOP Class": "C", "Meta SOP Class": "M", "Service Class": "S"}


def element(tag, entry):
    vr, vm, _, retired, keyword = entry
    vr = "-" if vr == "NONE" else vr.replace(" or ", "|")
    return f"{tag} {vr} {vm.replace(' ', '') or '1'} {keyword or '-'}{' R' if retired else ''}"


def uid(value, name, kind, retired):
    return f"{value}\t{KINDS.get(kind, 'O')}\t{name}" + ("\tR" if retired else "")


elements = [element(f"{tag:08X}", entry) for tag, entry in sorted(DicomDictionary.items())]
elements += [element(tag.upper().replace("X", "x"), entry) for tag, entry in sorted(RepeatersDictionary.items())]
(folder / "elements.txt").write_text("\n".join(elements) + "\n", encoding="utf-8")

known = {value: (entry[0], entry[1], entry[3]) for value, entry in UID_dictionary.items()}
for value, name in LATER.items():
    known.setdefault(value, (name, "Transfer Syntax", ""))
uids = [uid(value, *known[value]) for value in sorted(known, key=lambda text: [int(part) for part in text.split(".")])]
(folder / "uids.txt").write_text("\n".join(uids) + "\n", encoding="utf-8")

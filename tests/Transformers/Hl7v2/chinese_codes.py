# Prints what a judge makes of every two-byte code: CODE blank UTF-16BE, both in hexadecimal; nothing where it has no character.
# Use: chinese_codes.py CODEC, or iconv:NAME for the C library's converter.
import ctypes
import sys

judge = sys.argv[1]
seconds = list(range(0x40, 0x7F)) + list(range(0x80 if "18030" in judge else 0xA1, 0xFF))
codes = [bytes([first, second]) for first in range(0x81, 0xFF) for second in seconds]


def by_codec(code):
    try:
        return code.decode(judge).encode("utf-16-be")
    except UnicodeDecodeError:
        return b""


def by_iconv(name):
    library = ctypes.CDLL("libc.so.6")
    library.iconv_open.restype = ctypes.c_void_p
    library.iconv.restype = ctypes.c_ssize_t
    library.iconv.argtypes = [ctypes.c_void_p] * 5
    converter = library.iconv_open(b"UTF-16BE", name.encode())

    def convert(code):
        given, room = ctypes.create_string_buffer(code, len(code)), ctypes.create_string_buffer(16)
        source, target = ctypes.c_void_p(ctypes.addressof(given)), ctypes.c_void_p(ctypes.addressof(room))
        left, free = ctypes.c_size_t(len(code)), ctypes.c_size_t(len(room))
        library.iconv(converter, None, None, None, None)
        if library.iconv(converter, *map(ctypes.addressof, (source, left, target, free))) < 0:
            return b""
        library.iconv(converter, None, None, ctypes.addressof(target), ctypes.addressof(free))
        return room.raw[: len(room) - free.value]

    return convert


decode = by_iconv(judge[6:]) if judge.startswith("iconv:") else by_codec
for code in codes:
    print(code.hex().upper(), decode(code).hex())

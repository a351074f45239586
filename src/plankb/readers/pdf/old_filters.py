"""How much the two old packings of PDF unpack to, counted without unpacking: LZW and run lengths."""

from __future__ import annotations

_CLEAR, _END = 256, 257
_FEWEST_BITS, _MOST_BITS = 9, 12


def lzw_size(data: bytes, enough: int) -> int:
    """The bytes that an LZW stream unpacks to, counted no further than past `enough`."""
    held = bits = size = at = 0
    width, lengths, before = _FEWEST_BITS, [1] * (_END + 1), 0
    while size <= enough and (bits >= width or at < len(data)):
        while bits < width and at < len(data):
            held, bits, at = (held << 8 | data[at]) & 0xFFFFFFFF, bits + 8, at + 1
        if bits < width:
            break
        bits -= width
        code = held >> bits & ((1 << width) - 1)
        if code == _END:
            break
        if code == _CLEAR:
            width, lengths, before = _FEWEST_BITS, lengths[: _END + 1], 0
            continue
        length = lengths[code] if code < len(lengths) else before + 1
        if before and len(lengths) < 1 << _MOST_BITS:
            lengths.append(before + 1)
            if len(lengths) + 1 >= 1 << width and width < _MOST_BITS:
                width += 1
        size += length
        before = length
    return size


def run_lengths_size(data: bytes, enough: int) -> int:
    """The bytes that a stream of run lengths unpacks to, counted no further than past `enough`."""
    size = at = 0
    while at < len(data) and size <= enough and data[at] != 128:
        repeated = data[at] > 128
        size += 257 - data[at] if repeated else data[at] + 1
        at += 2 if repeated else data[at] + 2
    return size

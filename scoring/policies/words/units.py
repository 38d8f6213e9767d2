"""One spelling for each unit, so that 25帧/秒 and 25 fps are the same answer. Pure.

Capitals count where they change the meaning: Mbps is bits, MB/s is bytes. Nothing is converted here.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

# In each row the first name is the common form, and all common forms differ without capitals too.
TABLE: tuple[tuple[str, ...], ...] = (
    ("mm", "毫米"),
    ("cm", "厘米", "公分"),
    ("dm", "分米"),
    ("m", "米", "公尺"),
    ("km", "千米", "公里"),
    ("in", "英寸", "inch", "inches"),
    ("mg", "毫克"),
    ("g", "克"),
    ("kg", "千克", "公斤"),
    ("斤", "市斤"),
    ("t", "吨"),
    ("ml", "毫升"),
    ("l", "升"),
    ("ms", "毫秒"),
    ("s", "秒", "秒钟", "sec", "second", "seconds"),
    ("min", "分钟", "mins", "minute", "minutes"),
    ("h", "小时", "钟头", "hour", "hours", "hr", "hrs"),
    ("d", "天", "day", "days"),
    ("fps", "帧/秒", "帧每秒", "帧/s", "f/s", "frames/s"),
    ("hz", "Hz", "赫兹", "赫"),
    ("khz", "kHz", "千赫", "千赫兹"),
    ("mhz", "MHz", "兆赫", "兆赫兹"),
    ("ghz", "GHz", "吉赫", "吉赫兹"),
    ("bit/s", "bps", "b/s", "比特/秒", "比特每秒", "位/秒", "位每秒"),
    ("kbit/s", "kbps", "Kbps", "kb/s", "千比特/秒", "千比特每秒"),
    ("mbit/s", "Mbps", "Mb/s", "Mbit/s", "兆比特/秒", "兆比特每秒", "兆位每秒"),
    ("gbit/s", "Gbps", "Gb/s", "Gbit/s", "吉比特/秒", "吉比特每秒"),
    ("kbyte/s", "KB/s", "kB/s", "KBps", "千字节/秒", "千字节每秒"),
    ("mbyte/s", "MB/s", "MBps", "兆字节/秒", "兆字节每秒"),
    ("gbyte/s", "GB/s", "GBps", "吉字节/秒", "吉字节每秒"),
    ("byte", "B", "字节", "bytes"),
    ("kbyte", "KB", "kB", "千字节"),
    ("mbyte", "MB", "兆字节"),
    ("gbyte", "GB", "吉字节"),
    ("tbyte", "TB", "太字节"),
    ("kbit", "Kb", "千比特"),
    ("mbit", "Mb", "兆比特"),
    ("px", "像素", "pixel", "pixels"),
    ("dpi", "点/英寸", "点每英寸"),
    ("ppi", "像素/英寸", "像素每英寸"),
    ("db", "dB", "分贝"),
    ("lx", "lux", "勒克斯"),
    ("k", "开尔文"),
    ("°c", "°C", "摄氏度"),
    ("°", "度"),
    ("元", "块", "块钱", "圆", "人民币", "RMB", "¥"),
)
EXACT: Mapping[str, str] = MappingProxyType({name: row[0] for row in TABLE for name in row})
# Of two meanings without capitals the one that stands first in the table is the usual one.
FOLDED: Mapping[str, str] = MappingProxyType(
    {name.lower(): row[0] for row in reversed(TABLE) for name in row}
)
_LONGEST_FIRST = sorted(FOLDED, key=len, reverse=True)
AFTER_NUMBER = re.compile(
    rf"(?<=[0-9])\s*({'|'.join(map(re.escape, _LONGEST_FIRST))})(?![A-Za-z/])", re.IGNORECASE
)


def common_unit(unit: str) -> str:
    """The common spelling of `unit`; itself when the table lacks it."""
    tidy = unit.strip()
    return EXACT.get(tidy) or FOLDED.get(tidy.lower(), tidy)


def with_common_units(text: str) -> str:
    """`text` with every unit behind a number in its common spelling, and no space between them."""
    return AFTER_NUMBER.sub(lambda found: common_unit(found.group(1)), text)

from __future__ import annotations

import pytest

from diagnostics.intake.reading.decode import LOST, decode

TEXT = "订单编号,买家\n1,张三\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_is_found_and_named(encoding):
    found = decode(TEXT.encode(encoding))
    assert (found.data.decode("utf-8"), found.encoding) == (TEXT, encoding)
    assert LOST not in found.data.decode()


def test_utf8_that_also_decodes_as_gb18030_stays_utf8():
    data = "浙江".encode()
    data.decode("gb18030")
    assert decode(data).data.decode("utf-8") == "浙江"


def test_a_rare_four_byte_character_of_gb18030_decodes():
    assert decode("㐂㙍,𠮷\n订单".encode("gb18030")).data.decode("utf-8") == "㐂㙍,𠮷\n订单"


def test_lines_of_two_encodings_in_one_file_are_both_read():
    data = b"".join(f"订单{at},浙江\n".encode("utf-8" if at % 3 else "gb18030") for at in range(30))
    found = decode(data)
    assert found.data.decode("utf-8") == "".join(f"订单{at},浙江\n" for at in range(30))
    assert found.encoding == "utf-8+gb18030"


def test_a_line_that_decodes_in_no_way_is_named_and_the_others_are_read():
    data = "订单\n".encode("gb18030") + b"\xff\xff\xff\n" + "买家\n".encode("gb18030")
    found = decode(data)
    lines = found.data.decode("utf-8").split("\n")
    assert [LOST in line for line in lines] == [False, True, False, False]
    assert (lines[0], lines[2]) == ("订单", "买家")

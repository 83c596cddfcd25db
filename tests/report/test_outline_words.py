from __future__ import annotations

import re
from string import Formatter

import pytest
import yaml
from sample import TEMPLATES, sample_words

from diagnostics.intake.recognition.layouts import load_layouts
from diagnostics.report.layout_names import LAYOUT_NAMES
from diagnostics.report.words import end_sentence, load_words

CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys_in_the_same_order():
    assert list(sample_words("zh")) == list(sample_words("en"))


def test_both_languages_have_the_same_places_to_fill():
    zh, en = sample_words("zh"), sample_words("en")
    assert [key for key in zh if places(zh[key]) != places(en[key])] == []


def test_every_layout_of_an_export_has_a_name_of_its_own():
    assert {layout.id for layout in load_layouts()} == set(LAYOUT_NAMES)
    for language in ("zh", "en"):
        assert len({name.word(language) for name in LAYOUT_NAMES.values()}) == len(LAYOUT_NAMES)


def test_english_words_hold_no_chinese_and_chinese_words_are_chinese():
    assert [word for word in sample_words("en").values() if CHINESE.search(word)] == []
    plain = [word for word in sample_words("zh").values() if not CHINESE.search(re.sub(r"\{\w+\}", "", word))]
    assert all(re.fullmatch(r"(\{\w+\}|[\s.,;:()（）])*", word) for word in plain), plain


def test_loading_gives_what_the_file_says():
    assert load_words(TEMPLATES, "en") == sample_words("en")


def test_a_key_that_yaml_reads_as_a_truth_value_is_refused(tmp_path):
    (tmp_path / "words.en.yaml").write_text(yaml.safe_dump({True: "Yes"}), encoding="utf-8")
    with pytest.raises(ValueError, match="one text a key"):
        load_words(tmp_path, "en")


@pytest.mark.parametrize(("said", "ended"), [("好", "好。"), ("好。", "好。"), ("好！ ", "好！"), ("", "")])
def test_a_sentence_ends_once(said, ended):
    assert end_sentence(said, {"sentence_end": "。"}) == ended

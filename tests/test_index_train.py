"""Training: what is read, which pieces and pairs are made of it, the two spaces by hand-reckoned numbers, the command as a whole."""

from __future__ import annotations

import json
import lzma
import math
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from index.static_model import StaticEmbedder, read_header
from index.train.__main__ import main
from index.train.contrast import joined
from index.train.folder import pack, quantise, write_folder
from index.train.measure import held_out_pairs, measure, ndcg_at_10, question_pairs, without_shared_stems
from index.train.pairs import PairSampler, piece_rows
from index.train.pieces import LETTERS, count_words, cut, learn_pieces, make_tokenizer
from index.train.relatives import find_relatives
from index.train.space import cooccurrence, ppmi, truncated_svd, without_common_direction
from index.train.texts import Part, Texts, TrainingTextError, Work, clean, is_held_out, read_texts

LONG = "Kommunen har under året utbildat sina chefer i hur arbetet mot våld i nära relationer ska bedrivas."
OTHER = "Polisen och socialtjänsten möts varje vecka för att följa unga som riskerar att dras in i brottslighet."


def write_lines(path: Path, records: list[dict[str, object]]) -> Path:
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    if path.suffix == ".xz":
        with lzma.open(path, "wt", encoding="utf-8") as stream:
            stream.write(text)
    else:
        path.write_text(text, encoding="utf-8")
    return path


# --- texts


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.xz"])
def test_a_work_is_read_with_its_sentences_and_noise_falls_out(tmp_path: Path, name: str) -> None:
    path = write_lines(
        tmp_path / name,
        [{"title": "Våld", "paragraphs": [f"{LONG} {OTHER}", "uw tu", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18"]}],
    )
    assert read_texts([path]).works == (Work("Våld", (Part("", (LONG, OTHER)),)),)


def test_sections_become_one_work_and_a_heading_belongs_to_the_section_after(tmp_path: Path) -> None:
    records: list[dict[str, object]] = [
        {"title": "Lag (2001:1) om ordning", "section": "", "paragraphs": [f"{LONG} Lag (2002:3). Tillsyn och avgifter"]},
        {"title": "Lag (2001:1) om ordning", "section": "", "paragraphs": [f"{OTHER} Övergångsbestämmelser 2002:3 Denna lag"]},
        {"title": "Förordning (2003:4) med instruktion", "section": "", "paragraphs": [LONG]},
    ]
    works = read_texts([write_lines(tmp_path / "s.jsonl", records)])
    assert {*works.works, *works.held_out} == {
        Work("ordning", (Part("", (LONG,)), Part("Tillsyn och avgifter", (OTHER,)))),
        Work("instruktion", (Part("", (LONG,)),)),
    }


def test_pairs_of_words_are_read_and_questions_refused(tmp_path: Path) -> None:
    good = write_lines(
        tmp_path / "good.jsonl", [{"title": "T", "paragraphs": [LONG]}, {"a": "bil", "b": "fordon", "strength": 4.0}]
    )
    assert read_texts([good]).alike == (("bil", "fordon"),)
    asked = write_lines(tmp_path / "asked.jsonl", [{"question": "Vad?", "answer": "Det."}])
    with pytest.raises(TrainingTextError, match=r"asked\.jsonl, rad 1: raden är varken"):
        read_texts([good, asked])
    assert question_pairs(asked) == [("Vad?", "Det.")]
    with pytest.raises(TrainingTextError, match="rad 1: raden saknar question"):
        question_pairs(good)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"title": \n', "rad 1: raden är inte JSON"),
        (b"[1]\n", "rad 1: raden är inget JSON-objekt"),
        (b"\xff\xfe", "går inte att läsa"),
    ],
)
def test_a_bad_file_is_named_with_its_line(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_bytes(content)
    with pytest.raises(TrainingTextError, match=said):
        read_texts([path])
    with pytest.raises(TrainingTextError, match="går inte att läsa"):
        read_texts([tmp_path / "none.jsonl"])


def test_words_cut_by_a_line_end_are_joined_and_shared_heads_kept() -> None:
    assert clean("brotts- förebyggande  arbete, hälso- och\nsjukvård, EU- motiverad, kom\u00admun") == (
        "brottsförebyggande arbete, hälso- och sjukvård, EUmotiverad, kommun"
    )
    assert clean("a\u030ar") == "år"


def test_about_a_twentieth_of_titles_is_set_aside_whatever_their_case() -> None:
    assert 30 <= sum(is_held_out(f"Titel {number}") for number in range(1000)) <= 70
    assert all(is_held_out(f"Titel {number}") == is_held_out(f" TITEL {number} ") for number in range(100))


# --- pieces and relatives


def test_words_are_cut_greedily_and_numbers_left_out() -> None:
    tokenizer = make_tokenizer(["hem", "hemtjänst", "##tjänst", "##personal"])
    assert tokenizer.encode("Hemtjänstpersonal 2023, 5:2 hemtjänst", add_special_tokens=False).tokens == [
        "hemtjänst",
        "##personal",
        "hemtjänst",
    ]
    with pytest.raises(ValueError, match="1 of 2 pieces stand twice"):
        make_tokenizer(["a", "a"])


def test_words_are_counted_with_more_for_those_that_a_pair_explains() -> None:
    texts = Texts(
        (Work("Bil och bil", (Part("", ("Bilen 2023 är 日本.", "Bilen.")),)),), (), (("bil", "fordon"), ("åka bil", "köra"))
    )
    assert count_words(texts) == {"bil": 2 + 6 + 6, "bilen": 2, "fordon": 6, "åka": 6, "köra": 6}


def test_the_cheapest_cut_wins_and_letters_stand_in() -> None:
    costs = {"hem": 2.0, "hemt": 1.0, "##tjänst": 2.0, "##jänst": 4.0}
    assert cut("hemtjänst", costs) == ["hem", "##tjänst"]
    assert cut("hemx", costs) == ["hem", "##x"]
    assert cut("", costs) == []


def test_learned_pieces_leave_no_word_unknown_and_are_the_same_each_time() -> None:
    firsts = ["trygghets", "omsorgs", "ungdoms", "arbets", "familje", "vård", "barn", "kultur", "idrotts", "skol", "närings"]
    heads = ["arbete", "frågor", "grupp", "möten", "projekt", "policy", "planer", "stöd", "chefer", "samtal", "lokaler"]
    common = [
        *heads,
        *["hus", "bil", "väg", "bok", "dag", "natt", "sol", "regn", "vind", "hav", "skog", "berg", "sjö", "stad", "land", "torg"],
        *["bro", "båt", "tåg", "buss", "ljus", "mörker"],
    ]
    counts = {first + head: 2 for first in firsts for head in heads} | dict.fromkeys(common, 9)
    count = len(LETTERS) * 2 + 42  # 32 of the 42 are common words, 10 are left for parts
    pieces = learn_pieces(counts, count)
    assert pieces == learn_pieces(dict(reversed(counts.items())), count)
    assert len(pieces) == len(set(pieces)) <= count
    assert set(pieces[:32]) <= set(common)
    assert "##projekt" in pieces
    assert not [piece for piece in pieces if piece.startswith(("##sprojekt", "##ssamtal"))]
    assert all(0 not in row for row in piece_rows(make_tokenizer(pieces), ["vågskål", "zq", *counts]))


def test_relatives_share_a_stem_or_a_compound_part() -> None:
    pieces = ["[UNK]", "kommun", "kommunen", "##kommunens", "skola", "trygghetsvandringar", "trygghet"]
    relatives = find_relatives(pieces)
    assert relatives.stems[1] == relatives.stems[2] == relatives.stems[3]
    assert len(set(relatives.stems[[0, 1, 4, 5, 6]].tolist())) == 5
    rows = np.array([[9], [1], [2], [4], [8], [16], [32]], dtype=np.float32)
    assert relatives.means(rows)[:, 0].tolist() == [0, 3, 2.5, 1.5, 0, 32, 16]
    alike = find_relatives(pieces, [("skola", "kommun"), ("skola", "lärosäte")])
    assert alike.means(rows)[:, 0].tolist() == pytest.approx([0, (2 + 4 + 8) / 3, 2.5, 1.5, 1, 32, 16])


# --- the first space


def test_company_is_counted_both_ways_within_the_window_and_the_text() -> None:
    texts = [np.array([0, 1, 2]), np.array([2, 0])]
    assert cooccurrence(texts, 3, 1).toarray().tolist() == [[0, 1, 1], [1, 0, 1], [1, 1, 0]]
    assert cooccurrence(texts, 3, 2).toarray().tolist() == [[0, 1, 2], [1, 0, 1], [2, 1, 0]]
    assert cooccurrence([], 2, 3).toarray().tolist() == [[0, 0], [0, 0]]


def test_ppmi_is_the_formula_with_a_smoothed_context() -> None:
    counts = csr_matrix(np.array([[0, 8], [8, 1]], dtype=np.float32))
    context = np.array([8, 9]) ** 0.75
    expected = math.log(8 / 8 / (context[1] / context.sum()))
    assert ppmi(counts).toarray()[0, 1] == pytest.approx(expected, rel=1e-5)
    assert ppmi(counts).toarray()[1, 1] == 0.0


def test_the_vectors_are_those_of_the_exact_decomposition_up_to_sign() -> None:
    matrix = np.random.default_rng(1).random((12, 12)).astype(np.float32)
    exact = np.linalg.svd(matrix)[0][:, :3]
    found = truncated_svd(csr_matrix(matrix), 3, seed=0)
    np.testing.assert_allclose(np.abs((exact * found).sum(axis=0)), 1.0, atol=1e-3)
    assert truncated_svd(csr_matrix(matrix[:2, :2]), 4, seed=0).shape == (2, 4)


def test_the_common_direction_is_taken_away() -> None:
    rows = np.array([[5, 1], [5, -1]], dtype=np.float32)
    np.testing.assert_allclose(without_common_direction(rows, np.array([0.5, 0.5])), [[0, 1], [0, -1]], atol=1e-5)


# --- pairs


def small_texts() -> Texts:
    asks = "Vad avser statsrådet att göra för att fler unga ska få arbete?"
    works = (Work("Ungas arbete", (Part("", (LONG, OTHER)), Part("", (asks,)))), Work("Ordning", (Part("Tillsyn", (OTHER, LONG)),)))
    return Texts(works, (), (("bil", "fordon"),))


def test_pairs_are_the_same_for_a_seed_and_hold_no_empty_side() -> None:
    texts = small_texts()
    pieces = learn_pieces(count_words(texts), 200)
    tokenizer, stems = make_tokenizer(pieces), find_relatives(["[UNK]", *pieces]).stems
    one, two = (PairSampler(texts, tokenizer, stems, seed=3).draw(200) for _ in range(2))
    assert [row.tolist() for row in one.left] == [row.tolist() for row in two.left]
    assert one.groups.tolist() == two.groups.tolist()
    assert len(one.left) == len(one.right) == len(one.groups) == 200
    assert all(len(row) for row in one.left + one.right)
    assert max(len(row) for row in one.right) <= 128
    kinds = {tuple(tokenizer.encode(text, add_special_tokens=False).ids) for text in ("Ungas arbete", "Tillsyn", "bil")}
    assert kinds <= {tuple(row.tolist()) for row in one.left}
    with pytest.raises(ValueError, match="no texts"):
        PairSampler(Texts((), (), ()), tokenizer, stems, seed=0)


def test_company_is_read_from_titles_and_from_parts_under_their_heading() -> None:
    words = ["ordning", "tillsyn", "ungas", "arbete"]
    tokenizer = make_tokenizer(words)
    sampler = PairSampler(small_texts(), tokenizer, np.arange(5), seed=0)
    assert [[n for n in row.tolist() if n] for row in sampler.passages] == [[3, 4], [1], [], [4], [2]]


# --- the second space, the files, the measure


def test_joining_adds_three_tenths_of_the_first_space_at_equal_length() -> None:
    trained, first = np.array([[7, 7], [3, 0]], dtype=np.float32), np.array([[7, 7], [0, 2]], dtype=np.float32)
    both = joined(trained, first)
    assert both[0].tolist() == [0, 0]
    size = [math.sqrt((98 + 9) / 2), math.sqrt((98 + 4) / 2)]
    np.testing.assert_allclose(both[1], [3 / size[0], 0.3 * 2 / size[1]], rtol=1e-5)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.floats(-100, 100, width=32), min_size=3, max_size=3), min_size=1, max_size=8))
def test_rounding_to_int8_is_off_by_at_most_half_a_step(values: list[list[float]]) -> None:
    rows = np.array(values, dtype=np.float32)
    matrix, scales = quantise(rows)
    largest = float(np.abs(rows).max()) / 127 or 1.0
    step = np.abs(rows).max(axis=1, keepdims=True) / 127
    assert (np.abs(matrix * scales[:, None] * largest - rows) <= step * 0.501 + 1e-5).all()
    assert scales.max() in (0.0, 1.0)


def test_packed_tensors_are_read_by_the_safetensors_library(tmp_path: Path) -> None:
    load = pytest.importorskip("safetensors.numpy").load
    tensors = {"embeddings": np.array([[1, -2], [3, 4], [5, 6]], dtype=np.int8), "weights": np.array([0.5, 1, 2], dtype=np.float32)}
    packed = pack(tensors)
    theirs = load(packed)
    assert {name: theirs[name].tolist() for name in theirs} == {name: value.tolist() for name, value in tensors.items()}
    (tmp_path / "w").write_bytes(packed)
    header = read_header(tmp_path / "w")
    assert header["embeddings"].shape == (3, 2)
    assert header["weights"].offset % 64 == 0


def test_a_matrix_that_does_not_fit_its_tokenizer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"shape \(2, 1\) for a tokenizer of 3 pieces"):
        write_folder(tmp_path, make_tokenizer(["a", "b"]), np.zeros((2, 1), dtype=np.float32), facts={})


def test_ndcg_by_hand() -> None:
    eye = np.eye(3, dtype=np.float32)
    assert ndcg_at_10(eye) == 1.0
    second = np.array([[1, 2, 0], [0, 1, 0], [0, 0, 1]], dtype=np.float32)
    assert ndcg_at_10(second) == pytest.approx((1 / math.log2(3) + 2) / 3)
    assert ndcg_at_10(np.zeros((2, 2), dtype=np.float32)) == pytest.approx(1 / math.log2(3))  # a tie counts against
    assert ndcg_at_10(np.triu(np.ones((12, 12), dtype=np.float32))) == pytest.approx(
        sum(1 / math.log2(1 + r) for r in range(1, 11)) / 12
    )
    assert ndcg_at_10(np.zeros((0, 0), dtype=np.float32)) == 0.0


def test_the_sets_for_measuring_are_cut_from_works_as_described() -> None:
    work = Work(
        "Skolans trygghet", (Part("", ("Lärarna är rädda.", "Mer behövs.")), Part("", (LONG,)), Part("", ("Vad görs i skolan?",)))
    )
    law = Work("ordning", (Part("Tillsyn", (OTHER,)),))
    sets = held_out_pairs([work, law])
    assert sets["title"] == [("Skolans trygghet", "Lärarna är rädda. Mer behövs.")]
    assert sets["heading"] == [("Tillsyn", OTHER)]
    assert sets["sentence"] == [("Lärarna är rädda.", LONG)]
    assert sets["other_words"] == [("Skolans trygghet Vad görs skolan", LONG)]
    assert without_shared_stems("Kommunens chefer sover", LONG) == ["sover"]
    assert measure(lambda texts: np.ones((len(texts), 1), dtype=np.float32), sets["title"]) == 1.0


@pytest.mark.slow
def test_the_command_makes_a_model_that_tells_subjects_apart_and_is_the_same_for_a_seed(tmp_path: Path) -> None:
    subjects = {
        "skola": ["elev", "lärare", "klassrum", "läxa", "rektor", "betyg", "skolgård"],
        "vård": ["patient", "läkare", "sjukhus", "medicin", "sköterska", "diagnos", "operation"],
    }
    random = np.random.default_rng(0)
    records: list[dict[str, object]] = []
    for number in range(120):
        name = ["skola", "vård"][number % 2]
        sentences = [" ".join(random.choice(subjects[name], size=6)).capitalize() + "." for _ in range(4)]
        records.append(
            {"title": f"Om {name} {'abcdefghij'[number % 10]}", "paragraphs": [" ".join(sentences[:2]), " ".join(sentences[2:])]}
        )
    texts = write_lines(tmp_path / "texts.jsonl", records)
    words = write_lines(tmp_path / "words.jsonl", [{"a": "läkare", "b": "doktor"}])
    asked = write_lines(
        tmp_path / "asked.jsonl", [{"question": "elev", "answer": "lärare"}, {"question": "patient", "answer": "sjukhus"}]
    )
    card = tmp_path / "one" / "README.md"
    card.parent.mkdir()
    card.write_text("kort\n", encoding="utf-8")
    options = ["--questions", str(asked), "--pieces", "300", "--dimension", "4", "--steps", "60", "--batch", "64", "--seed", "5"]
    for name in ("one", "two"):
        done = CliRunner().invoke(main, ["--out", str(tmp_path / name), *options, "--texts", str(texts), str(words)])
        assert done.exit_code == 0, done.output
    assert "nDCG@10 questions    1.000  n=2" in done.stdout
    assert card.read_text(encoding="utf-8") == "kort\n"
    one, two = ((tmp_path / name / "model.safetensors").read_bytes() for name in ("one", "two"))
    assert one == two
    vectors = StaticEmbedder.load(tmp_path / "one").encode(["elev rektor", "betyg läxa", "medicin diagnos"], kind="query")
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2


def test_the_command_says_what_is_wrong_in_one_line(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["--out", str(tmp_path / "out"), "--texts", str(tmp_path / "saknas.jsonl")])
    assert done.exit_code == 1
    assert "saknas.jsonl går inte att läsa" in done.stderr
    assert not (tmp_path / "out").exists()

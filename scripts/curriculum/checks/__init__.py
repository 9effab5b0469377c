"""Questions asked of the library. Each rule is a generator of problems in the file of its family; none writes."""

from __future__ import annotations

from curriculum.apart import Share, in_turn
from curriculum.checks import briefs, facts, languages, mapping, names, people, reading, results, text, waivers, wording
from curriculum.library import Library
from curriculum.problem import Problem

RULES = (
    reading.field_invalid,
    names.file_named,
    reading.consultation_invalid,
    reading.session_invalid,
    mapping.theme_unknown,
    mapping.theme_not_prioritised,
    mapping.sector_unknown,
    mapping.question_unknown,
    mapping.material_unknown,
    mapping.icebreaker_unknown,
    mapping.module_unknown,
    mapping.organisation_unknown,
    mapping.session_unknown,
    mapping.session_mapping,
    mapping.outcome_mapping,
    briefs.brief_mapping,
    briefs.brief_incomplete,
    mapping.decision_without_evidence,
    mapping.need_undecided,
    text.step_missing,
    text.heading_skip,
    text.callout_unknown,
    text.item_swallowed,
    text.link_broken,
    text.anchor_broken,
    text.image_missing,
    text.image_without_alt,
    text.image_too_large,
    text.asset_outside,
    text.html_unsafe,
    text.link_unsafe,
    facts.fact_unknown,
    facts.fact_expired,
    facts.fact_unverified,
    facts.source_unknown,
    languages.lock_invalid,
    languages.translation_missing,
    languages.translation_stale,
    languages.translation_structure,
    languages.translation_numbers,
    wording.mixed_language,
    wording.glossary_avoid,
    wording.glossary_pair,
    wording.reading_level,
    people.personal_data,
    people.photo_place,
    people.small_count,
    people.quote_without_consent,
    people.totals_mismatch,
    results.results_mapping,
    results.results_totals,
    results.results_small,
)


# What compares languages, or words with lists of words, takes half of the time and shares little with the rest.
COMPARING = tuple(
    rule
    for rule in RULES
    if rule.__module__ in (languages.__name__, wording.__name__) and rule is not wording.reading_level
)
HALVES = {"comparing": COMPARING, "rest": tuple(rule for rule in RULES if rule not in COMPARING)}


def check(library: Library, share: Share = in_turn) -> list[Problem]:
    """Every problem of the curriculum that is not waived, those of reading included, by file and line.

    `share` has both halves of the rules asked: here, or in processes of their own.
    """
    found = set(library.problems).union(*share(lambda half: _asked(library, half), tuple(HALVES)))
    return sorted(waivers.waived(library, found))


def _asked(library: Library, half: str) -> set[Problem]:
    return {problem for rule in HALVES[half] for problem in rule(library)}

"""Which indicators a report looks closer at."""

from __future__ import annotations

from collections.abc import Sequence

from ojreport.analysis.own import Verdict
from ojreport.analysis.profile import Profile, Standing


def choose_focus(profile: Profile, wanted: Sequence[str], count: int) -> tuple[Standing, ...]:
    """The *wanted* indicators that were asked that year; where none is wanted, *count* that are chosen so.

    First what the edition's publisher highlights, then the most urgent improvement areas, then strengths. Numbers and
    bakgrundsmått are not chosen.
    """
    by_id = {s.indicator.id: s for s in profile.standings}
    if wanted:
        return tuple(by_id[i] for i in wanted if i in by_id)
    highlighted = [s for s in profile.standings if profile.year in s.indicator.highlighted]
    rest = [s for s in profile.standings if s.verdict is Verdict.MISSING and s.indicator.judged]
    order = dict.fromkeys((*highlighted, *profile.improvements, *profile.strengths, *rest))
    return tuple(s for s in order if s.indicator.scale.has_ja)[:count]

"""What was measured, in words and tables for people; knows no bot and measures nothing."""

from tests.load.run import Measured

MIB = 1024 * 1024


def told(measured: Measured) -> str:
    """One load run on a few lines."""
    load = measured.load
    calls = sum(amount for name, amount in measured.calls.items() if name != "getUpdates")
    what = (
        f"{load.bot} ({load.mode}), {load.residents} bewoners, {load.latency * 1000:.0f} ms naar de API, "
        f"{load.think:.0f} s denken, {measured.elapsed:.1f} s gemeten"
    )
    spent = f"(de bot {measured.cpu / measured.elapsed:.2f} kern, de meter {measured.own / measured.elapsed:.2f})"
    lines = [
        what,
        f"  antwoorden per seconde      {measured.per_second:9.1f}",
        f"  antwoorden per cpu-seconde  {measured.per_cpu:9.1f}   {spent}",
        "  van antwoord tot vraag      "
        + "  ".join(f"p{share * 100:.0f} {measured.quantile(share) * 1000:.1f} ms" for share in (0.5, 0.95, 0.99)),
        f"  gesprekken af               {measured.interviews:9d}",
        f"  aanroepen per antwoord      {calls / max(measured.answers, 1):9.2f}   " + _by_method(measured),
        f"  geheugen                    {measured.idle / MIB:9.1f} MiB leeg, {measured.peak / MIB:.1f} MiB hoogste",
    ]
    if found := measured.audit:
        lines.append(
            f"  nagekeken                   {found.acknowledged:9d} bevestigd, {found.missing} kwijt, "
            f"{found.misfiled} anders bewaard, {found.unsent} ontvangstbewijzen zonder verhaal"
        )
    if measured.stuck:
        lines.append(f"  blijven hangen              {measured.stuck:9d}")
    lines += [f"  geweigerd: {reason} ({times}x)" for reason, times in measured.refused.most_common(5)]
    return "\n".join(lines)


def _by_method(measured: Measured) -> str:
    return ", ".join(
        f"{name} {amount / max(measured.answers, 1):.2f}" for name, amount in sorted(measured.calls.items())
    )

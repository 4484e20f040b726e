"""Throws random and mutated texts at the converter and at the reading of reports; says what broke.

    python scripts/fuzz.py --inputs 20000            from the samples and invented notices
    python scripts/fuzz.py --inputs 200 --seed 7     another run; the same seed makes the same inputs
    python scripts/fuzz.py --texts FOLDER            and from .txt of one's own

What counts as broken: any error but a refusal with its reason, more than 2 seconds for one
input, a character lost or invented. Of every tenth input it is noted which calls it reached;
those that reached new ones are mutated further. What broke is written to --keep, one file
each. Exit 0: nothing broke; 1: something did.
"""

import bootstrap

bootstrap.enter()

import random
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from benchmarks import fuzzing

ROOT = bootstrap.ROOT


def main(
    inputs: Annotated[int, typer.Option(help="试多少个输入")] = 2000,
    seed: Annotated[int, typer.Option(help="随机数的种子；同一个种子造出同样的输入")] = 1,
    texts: Annotated[list[Path] | None, typer.Option(help="另外用这个文件夹里的 .txt 作底稿")] = None,
    keep: Annotated[Path | None, typer.Option(help="把出错的输入存到这个文件夹")] = None,
    limit: Annotated[float, typer.Option(help="一个输入最多几秒")] = 2.0,
) -> None:
    """用随机和改坏的文本试转换程序：不崩溃、不卡住、一字不丢。退出码：0 没有发现问题；1 有。"""
    chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
    corpus = fuzzing.corpus(ROOT / "samples", [*(texts or [])])
    started, told = time.monotonic(), time.monotonic()
    results: Counter[str] = Counter()
    broken: list[fuzzing.Broken] = []
    slowest = 0.0
    reach = fuzzing.Reach()
    for number in range(inputs):
        raw = fuzzing.mutated(chance, corpus)
        outcome = fuzzing.tried(raw, chance, reach if number % 10 == 0 else None)
        results[outcome.result] += 1
        slowest = max(slowest, outcome.seconds)
        if outcome.new:
            corpus.append(raw)
        found = outcome.broken or (f"用了 {outcome.seconds:.1f} 秒" if outcome.seconds > limit else "")
        if found:
            broken.append(fuzzing.Broken(number, found, raw))
            print(f"第 {number} 个：{found}")
            if keep:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{seed}-{number}.txt").write_bytes(raw)
        if time.monotonic() - told > 30 and sys.stderr.isatty():
            told = time.monotonic()
            print(f"{number + 1}/{inputs}", file=sys.stderr)
    print(
        f"{inputs} 个输入（种子 {seed}，底稿 {len(corpus)} 份）：转成 {results['converted']}，拒收 {results['refused']}，"
        f"读报告 {results['read']}，报告有误 {results['rejected']}；出错或超过 {limit:g} 秒的 {len(broken)} 个，"
        f"最慢 {slowest:.2f} 秒；走到 {reach.count} 处调用；共 {time.monotonic() - started:.0f} 秒。"
    )
    raise typer.Exit(1 if broken else 0)


if __name__ == "__main__":
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(main)
    app()

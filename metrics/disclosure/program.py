"""Linear programs about tables: how cells can move while everything shown stays as it is.

A program knows changes, not values: 0 is the true table. HiGHS is kept between questions, since
each differs little from the one before. It comes as highspy, which holds the solver alone; scipy
would bring the same solver, without that, in ten times the size.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from metrics.disclosure.cells import Rule, Terms

Numbers = NDArray[np.float64]
_TINY = 1e-6
_SECONDS = 2.0


class Program:
    """Changes of some columns: which make a row change as asked, at the least cost.

    `values` are the columns' true values; they cannot fall below 0. Each of `rows` may change only
    at its cost per unit, an infinite cost being not at all; rules always hold.
    """

    def __init__(
        self,
        *,
        values: Sequence[float],
        rows: Sequence[Terms],
        costs: Sequence[float],
        rules: Iterable[Rule] = (),
    ) -> None:
        import highspy

        self._infinity = highspy.kHighsInf
        self._optimal = highspy.HighsModelStatus.kOptimal
        self._width = len(values)
        priced = [row for row, cost in enumerate(costs) if np.isfinite(cost)]
        self._up = {row: self._width + at for at, row in enumerate(priced)}
        self._down = {row: self._width + len(priced) + at for at, row in enumerate(priced)}
        width = self._width + 2 * len(priced)
        price = np.zeros(width)
        price[self._width :] = [costs[row] for row in priced] * 2
        lowest = np.zeros(width)
        lowest[: self._width] = -np.asarray(values, dtype=float)
        matrix = _Matrix()
        for row, terms in enumerate(rows):
            matrix.add(terms)
            if row in self._up:
                matrix.extend(((self._up[row], -1.0), (self._down[row], 1.0)))
        lower = [0.0] * len(rows)
        upper = [0.0] * len(rows)
        for rule in rules:
            matrix.add(rule.terms)
            slack = sum(values[column] * factor for column, factor in rule.terms) - rule.lower
            lower.append(-slack)
            upper.append(self._infinity)
        self._solver = _solver(
            matrix,
            price=price,
            lowest=lowest,
            lower=lower,
            upper=upper,
            # Costs differ anyway, and an undisturbed solve takes half the time.
            dual_simplex_cost_perturbation_multiplier=0.0,
        )

    def release(self, row: int) -> None:
        """From now on the row may change freely."""
        self._solver.changeRowBounds(row, -self._infinity, self._infinity)
        if row in self._up:
            for column in (self._up[row], self._down[row]):
                self._solver.changeColBounds(column, 0.0, 0.0)

    def change(self, asked: Mapping[int, tuple[float, float]]) -> Numbers | None:
        """The cheapest change of the columns for which rows change between two bounds each.

        An asked row must be a released one or one without a price. None where there is no change.
        """
        for row, (least, most) in asked.items():
            self._solver.changeRowBounds(row, least, most)
        self._solver.run()
        solution = None
        if self._solver.getModelStatus() == self._optimal:
            solution = np.array(self._solver.getSolution().col_value[: self._width])
            solution[np.abs(solution) < _TINY] = 0.0
        return solution

    def free(self, rows: Iterable[int]) -> None:
        """Ask no more of these rows: they may change freely again."""
        for row in rows:
            self._solver.changeRowBounds(row, -self._infinity, self._infinity)


class Attack:
    """The values that sums of parts can have where some sums are known exactly.

    `whole` says which parts are known to be whole numbers; that takes an integer program, which may
    take `_SECONDS` a question and then gives the widest range that it has not ruled out.
    """

    def __init__(
        self,
        *,
        width: int,
        known: Sequence[tuple[Terms, float]],
        rules: Iterable[Rule],
        whole: Sequence[bool] = (),
    ) -> None:
        import highspy

        self._states = highspy.HighsModelStatus
        self._whole = any(whole)
        matrix = _Matrix()
        lower = []
        upper = []
        for terms, value in known:
            matrix.add(terms)
            lower.append(value)
            upper.append(value)
        for rule in rules:
            matrix.add(rule.terms)
            lower.append(rule.lower)
            upper.append(highspy.kHighsInf)
        self._solver = _solver(
            matrix,
            price=np.zeros(width),
            lowest=np.zeros(width),
            lower=lower,
            upper=upper,
            whole=whole,
            # Only the objective changes between questions, so that the last answer stays feasible.
            **({"time_limit": _SECONDS} if self._whole else {"simplex_strategy": 4}),
        )

    def lowest(self, terms: Terms) -> float:
        """The lowest possible value of a sum. Raises ValueError where what is known cannot be."""
        return self._extreme(terms, 1.0)

    def highest(self, terms: Terms) -> float:
        """The highest possible value of a sum, infinite where nothing bounds it."""
        return -self._extreme(terms, -1.0)

    def _extreme(self, terms: Terms, sign: float) -> float:
        for part, factor in terms:
            self._solver.changeColCost(part, sign * factor)
        self._solver.run()
        state = self._solver.getModelStatus()
        told = self._solver.getInfo()
        bound = float(told.mip_dual_bound if self._whole else told.objective_function_value)
        for part, _ in terms:
            self._solver.changeColCost(part, 0.0)
        if state in (self._states.kUnbounded, self._states.kUnboundedOrInfeasible):
            return -np.inf
        if self._whole and state == self._states.kTimeLimit:
            return bound
        if state != self._states.kOptimal:
            raise ValueError(f"no table agrees with what is known ({state})")
        return bound


def _solver(
    matrix: "_Matrix",
    *,
    price: Numbers,
    lowest: Numbers,
    lower: Sequence[float],
    upper: Sequence[float],
    whole: Sequence[bool] = (),
    **options: float,
) -> Any:
    import highspy

    width = len(price)
    # The package's class has no types.
    solver: Any = cast(Any, highspy).Highs()
    fixed: dict[str, bool | str | float] = {"output_flag": False, "threads": 1}
    if not any(whole):
        fixed |= {"presolve": "off", "solver": "simplex"}
    for option, value in (fixed | options).items():
        solver.setOptionValue(option, value)
    solver.passModel(
        width,
        len(lower),
        len(matrix.columns),
        int(highspy.MatrixFormat.kRowwise),
        int(highspy.ObjSense.kMinimize),
        0.0,
        price,
        lowest,
        np.full(width, highspy.kHighsInf),
        np.array(lower, dtype=float),
        np.array(upper, dtype=float),
        np.array(matrix.starts, dtype=np.int32),
        np.array(matrix.columns, dtype=np.int32),
        np.array(matrix.factors, dtype=float),
        np.array(whole or np.zeros(width), dtype=np.int32),
    )
    return solver


class _Matrix:
    def __init__(self) -> None:
        self.starts: list[int] = []
        self.columns: list[int] = []
        self.factors: list[float] = []

    def add(self, terms: Terms) -> None:
        self.starts.append(len(self.columns))
        self.extend(terms)

    def extend(self, terms: Terms) -> None:
        for column, factor in terms:
            self.columns.append(column)
            self.factors.append(factor)

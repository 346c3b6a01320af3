#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records the densities of TPE that Optuna builds from given trials, for the tests to compare with.

    /usr/bin/python3 tests/support/record_tpe.py

writes tests/data/search/tpe_densities.json. Needs Debian 12's python3-optuna (3.1.0).

numpy leaves open in which order equal observations are sorted, and it differs between processors;
here it is the order in which they were made.
"""
import json
import pathlib
import random
import warnings

import numpy
import optuna
from optuna.distributions import (CategoricalDistribution, FloatDistribution, IntDistribution,
                                  distribution_to_json)
from optuna.samplers import TPESampler
from optuna.samplers._tpe import sampler as tpe
from optuna.samplers._tpe.parzen_estimator import _ParzenEstimator
from optuna.trial import TrialState, create_trial

warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)

SPACE = {
    "float": FloatDistribution(-1.5, 2.0),
    "log_float": FloatDistribution(1e-5, 1e-2, log=True),
    "stepped_float": FloatDistribution(0.0, 2.0, step=0.25),
    "int": IntDistribution(4, 32),
    "log_int": IntDistribution(1, 64, log=True),
    "stepped_int": IntDistribution(1, 13, step=3),
    "category": CategoricalDistribution(["relu", "prelu", None, 2]),
}

stable = numpy.argsort
numpy.argsort = lambda a, *args, **kwargs: stable(a, kind="stable")


def draw(rng, distribution):
    if isinstance(distribution, CategoricalDistribution):
        return rng.choice(distribution.choices)
    low, high = distribution.low, distribution.high
    if isinstance(distribution, IntDistribution):
        if distribution.log:
            return round(numpy.exp(rng.uniform(0, numpy.log(high))))
        return rng.randrange(low, high + 1, distribution.step)
    if distribution.log:
        return float(f"{numpy.exp(rng.uniform(numpy.log(low), numpy.log(high))):.6g}")
    if distribution.step:
        return low + distribution.step * rng.randrange(int((high - low) / distribution.step) + 1)
    return round(rng.uniform(low, high), 4)


def make_trial(rng, number, running):
    params = {name: draw(rng, distribution) for name, distribution in SPACE.items()}
    reported = {step: round(rng.random(), 4) for step in range(1, rng.randrange(1, 6))}
    state = TrialState.COMPLETE
    if running and number % 7 == 3:
        state = TrialState.RUNNING
    elif number % 11 == 5:
        state = TrialState.FAIL
    elif number % 3 == 1:
        state = TrialState.PRUNED
        if number % 4 == 0:
            reported = {}
        elif number % 5 == 2:
            reported[max(reported, default=0) + 1] = float("nan")
    value = round(rng.random(), 4) if state == TrialState.COMPLETE else None
    return create_trial(state=state, value=value, params=params, distributions=SPACE,
                        intermediate_values=reported)


def internal(trial):
    return {name: SPACE[name].to_internal_repr(value) for name, value in trial.params.items()}


def as_json(trial):
    return {"state": trial.state.name, "value": trial.value, "params": internal(trial),
            "reported": {str(k): None if numpy.isnan(v) else v
                         for k, v in trial.intermediate_values.items()}}


def components(estimator, name):
    if estimator._mus[name] is None:
        return {"probabilities": estimator._categorical_weights[name].tolist()}
    return {"means": estimator._mus[name].tolist(), "deviations": estimator._sigmas[name].tolist()}


def densities(study, names, sampler, points):
    values, scores, _ = tpe._get_observation_pairs(study, names, sampler._constant_liar, False)
    n = sum(s < float("inf") for s, v in scores)
    parts = tpe._split_observation_pairs(scores, sampler._gamma(n), None)
    recorded = {}
    for part, indices in zip(("below", "above"), parts):
        observed = {k: numpy.asarray(v, dtype=float)[indices] for k, v in values.items()}
        estimator = _ParzenEstimator(observed, {k: SPACE[k] for k in names},
                                     sampler._parzen_estimator_parameters)
        samples = {k: numpy.asarray([p[k] for p in points]) for k in names}
        if names == ["category"]:
            samples = {"category": samples["category"].astype(int)}
        samples = {k: v.astype(int) if k == "category" else v for k, v in samples.items()}
        recorded[part] = {
            "weights": estimator._weights.tolist(),
            "components": {name: components(estimator, name) for name in names},
            "log_density": estimator.log_pdf(samples).tolist(),
        }
    return recorded


def main():
    cases = []
    for n, direction, running in ((10, "minimize", False), (17, "maximize", False),
                                  (30, "minimize", True), (60, "maximize", False)):
        rng = random.Random(n)
        study = optuna.create_study(direction=direction)
        trials = [make_trial(rng, number, running) for number in range(n)]
        study.add_trials(trials)
        points = [internal(make_trial(rng, 0, False)) for _ in range(6)]
        case = {"direction": direction, "trials": [as_json(t) for t in trials], "points": points,
                "constant_liar": running, "densities": {}, "together": None}
        single = TPESampler(constant_liar=running)
        for name in SPACE:
            case["densities"][name] = densities(study, [name], single, points)
        joint = TPESampler(constant_liar=running, multivariate=True)
        case["together"] = densities(study, list(SPACE), joint, points)
        cases.append(case)
    record = {"optuna": optuna.__version__,
              "space": {name: json.loads(distribution_to_json(d)) for name, d in SPACE.items()},
              "cases": cases}
    target = pathlib.Path(__file__).parents[1] / "data/search/tpe_densities.json"
    target.write_text(json.dumps(record, separators=(",", ":")) + "\n")


main()

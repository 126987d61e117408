//! A reference with its targets in, what later chunks are held against out; then chunks in, a judgement of each out.

use super::confusion::Confusion;
use super::isotonic::Isotonic;
use super::metric::Metric;
use super::normalize::Normalize;
use super::threshold::Limits;
use super::{Scored, both, calibration};

/// Standard errors on either side of an estimate.
const BAND: f64 = 3.0;

/// What is known of a model from its reference.
pub struct Monitor {
    calibration: Option<Isotonic>,
    /// Whether cells of the confusion matrix are shares.
    normalize: Option<Normalize>,
    metrics: Vec<Learned>,
}

/// What is known of a metric.
struct Learned {
    it: Scaled,
    /// What its sampling error is made of.
    spread: Option<(f64, f64)>,
    /// Of a number of rows, those of its share.
    limits: Option<Limits>,
}

/// A metric as it is told: a cell of the confusion matrix may be a share.
#[derive(Clone, Copy)]
struct Scaled {
    metric: Metric,
    /// Of cells only.
    normalize: Option<Normalize>,
}

impl Scaled {
    fn new(metric: Metric, normalize: Option<Normalize>) -> Scaled {
        Scaled { metric, normalize: normalize.filter(|_| metric.is_count()) }
    }

    fn is_count(self) -> bool {
        self.metric.is_count() && self.normalize.is_none()
    }

    fn most(self, rows: usize) -> f64 {
        if self.is_count() { self.metric.most(rows) } else { 1.0 }
    }

    fn comparable(self, value: f64, rows: usize) -> f64 {
        if self.is_count() { self.metric.comparable(value, rows) } else { value }
    }

    fn realised(self, rows: &Scored) -> Option<(f64, usize)> {
        match self.normalize {
            Some(normalize) => self.share(normalize, rows, &rows.target),
            None => self.metric.realised(rows),
        }
    }

    fn estimated(self, rows: &Scored, calibrated: &[f64]) -> Option<(f64, usize)> {
        match self.normalize {
            Some(normalize) => self.share(normalize, rows, calibrated),
            None => self.metric.estimated(rows, calibrated),
        }
    }

    fn share(self, normalize: Normalize, rows: &Scored, positive: &[f64]) -> Option<(f64, usize)> {
        let (prediction, positive) = both(&rows.prediction, positive);
        let value = normalize.value(self.metric, &Confusion::of(&prediction, &positive))?;
        Some((value, prediction.len()))
    }

    fn spread(self, reference: &Scored, seed: u64) -> Option<(f64, f64)> {
        let Some(normalize) = self.normalize else { return self.metric.spread(reference, seed) };
        let (prediction, truth) = both(&reference.prediction, &reference.target);
        normalize.spread(self.metric, &Confusion::of(&prediction, &truth))
    }

    fn sampling_error(self, spread: (f64, f64), rows: usize) -> f64 {
        match self.normalize {
            Some(_) => spread.0 / (rows as f64 * spread.1).sqrt(),
            None => self.metric.sampling_error(spread, rows),
        }
    }
}

/// A metric of a chunk.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judged {
    /// Which.
    pub metric: Metric,
    /// The expected value.
    pub estimated: Option<f64>,
    /// Its standard error.
    pub sampling_error: Option<f64>,
    /// The expected value ± 3 standard errors, within what can be.
    pub band: Option<(f64, f64)>,
    /// The value by targets, where they are known.
    pub realised: Option<f64>,
    /// What is usual, from the reference.
    pub limits: Option<Limits>,
    /// Whether the expected value is beyond the limits.
    pub alert: bool,
    /// Whether the realised value is.
    pub realised_alert: bool,
}

impl Monitor {
    /// Learns from the rows of a reference and from its chunks.
    pub fn new(
        reference: &Scored,
        chunks: &[Scored],
        metrics: &[Metric],
        normalize: Option<Normalize>,
        seed: u64,
    ) -> Monitor {
        let (probability, target) = both(&reference.probability, &reference.target);
        let learn = |metric: &Metric| {
            let it = Scaled::new(*metric, normalize);
            let found = chunks.iter().filter_map(|chunk| it.realised(chunk));
            let values: Vec<f64> = found.map(|(value, rows)| it.comparable(value, rows)).collect();
            Learned { it, spread: it.spread(reference, seed), limits: Limits::of(&values, 0.0, 1.0) }
        };
        Monitor {
            calibration: calibration::fit(&probability, &target),
            normalize,
            metrics: metrics.iter().map(learn).collect(),
        }
    }

    /// Whether probabilities are calibrated.
    pub fn is_calibrated(&self) -> bool {
        self.calibration.is_some()
    }

    /// Whether cells of the confusion matrix are told as shares.
    pub fn is_normalized(&self) -> bool {
        self.normalize.is_some()
    }

    /// The metrics of a chunk.
    pub fn judge(&self, chunk: &Scored) -> Vec<Judged> {
        let honest = |p: &f64| self.calibration.as_ref().map_or(*p, |curve| curve.at(*p));
        let calibrated: Vec<f64> = chunk.probability.iter().map(honest).collect();
        let one = |&Learned { it: metric, spread, limits }: &Learned| {
            let (estimated, realised) = (metric.estimated(chunk, &calibrated), metric.realised(chunk));
            let error = estimated.zip(spread).map(|((_, rows), spread)| metric.sampling_error(spread, rows));
            let error = error.filter(|it| it.is_finite());
            let is_alert = |found: Option<(f64, usize)>| {
                let value = found.map(|(value, rows)| metric.comparable(value, rows));
                limits.zip(value).is_some_and(|(it, value)| it.alert(value))
            };
            let rows = estimated.or(realised).map_or(0, |it| it.1);
            Judged {
                metric: metric.metric,
                estimated: estimated.map(|it| it.0),
                sampling_error: error,
                band: estimated.zip(error).map(|((value, rows), error)| {
                    ((value - BAND * error).max(0.0), (value + BAND * error).min(metric.most(rows)))
                }),
                realised: realised.map(|it| it.0),
                limits: limits
                    .filter(|_| rows > 0 || !metric.is_count())
                    .map(|it| if metric.is_count() { it.times(rows as f64) } else { it }),
                alert: is_alert(estimated),
                realised_alert: is_alert(realised),
            }
        };
        self.metrics.iter().map(one).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(n: usize, target: impl Fn(usize) -> f64) -> Scored {
        let probability: Vec<f64> = (0..n).map(|i| (i * 37 % 97) as f64 / 96.0).collect();
        let prediction = probability.iter().map(|p| f64::from(u8::from(*p >= 0.5))).collect();
        Scored { target: (0..n).map(target).collect(), prediction, probability }
    }

    fn labelled(n: usize) -> Scored {
        rows(n, |i| f64::from(u8::from(((i * 61 % 89) as f64 / 88.0) < (i * 37 % 97) as f64 / 96.0)))
    }

    fn all() -> Vec<Metric> {
        Metric::ALL.iter().map(|it| it.0).collect()
    }

    #[test]
    fn numbers_of_rows_are_judged_by_their_share() {
        let chunks: Vec<Scored> = [300, 320, 340].map(labelled).into();
        let monitor = Monitor::new(&labelled(960), &chunks, &all(), None, 1);
        let (large, small) = (monitor.judge(&labelled(1_000)), monitor.judge(&labelled(100)));
        for (large, small) in large.iter().zip(&small).filter(|it| it.0.metric.is_count()) {
            let (of_large, of_small) = (large.limits.unwrap(), small.limits.unwrap());
            assert!((of_large.upper - 10.0 * of_small.upper).abs() < 1e-9, "{}", large.metric.id());
            assert!(!large.alert, "{large:?}");
        }
    }

    #[test]
    fn chunks_without_rows_or_targets_have_no_such_values() {
        let monitor = Monitor::new(&labelled(960), &[labelled(300), labelled(320)], &all(), None, 1);
        for judged in monitor.judge(&Scored::default()) {
            assert_eq!((judged.estimated, judged.realised, judged.band), (None, None, None));
            assert!(!judged.alert && !judged.realised_alert);
            assert_eq!(judged.limits.is_none(), judged.metric.is_count());
        }
        for judged in monitor.judge(&rows(200, |_| f64::NAN)) {
            assert!(judged.estimated.is_some() && judged.realised.is_none(), "{judged:?}");
        }
    }

    #[test]
    fn a_reference_without_decisions_or_a_class_leaves_metrics_unjudged() {
        let blind = Scored { prediction: vec![f64::NAN; 300], ..labelled(300) };
        let one = rows(300, |_| 1.0);
        for (reference, is_unjudged) in [(blind, Metric::F1), (one, Metric::RocAuc)] {
            let monitor = Monitor::new(&reference, std::slice::from_ref(&reference), &all(), None, 1);
            assert!(!monitor.is_calibrated() || is_unjudged == Metric::F1);
            let judged = monitor.judge(&labelled(200));
            let it = judged.iter().find(|it| it.metric == is_unjudged).unwrap();
            assert_eq!((it.limits, it.alert), (None, false), "{it:?}");
            assert!(it.estimated.is_some());
        }
    }

    #[test]
    fn resamples_follow_from_the_seed() {
        let error = |seed| Metric::AveragePrecision.spread(&labelled(500), seed);
        assert_eq!(error(1), error(1));
        assert_ne!(error(1), error(2));
    }
}

import { describe, expect, test } from 'vitest'
import { PromqlFault } from '../../../src/sandbox/prometheus/promql/fault.ts'
import { parsePromql } from '../../../src/sandbox/prometheus/promql/parser.ts'
import { answer } from './series.ts'

const written = {
  'up{job="a",pod="x"}': '1 1 1 1 1 1 1 1 1 1 1',
  'up{job="b",pod="y"}': '1 1 0 0 0 0 0 0 0 0 0',
  'gone{pod="x"}': '5 5 stale',
  'missed{pod="x"}': '5 5 5',
  'req_total{pod="x",code="200"}': '0 60 120 180 240 300 360 420 480 540 600',
  'req_total{pod="x",code="500"}': '0 6 12 18 24 30 36 42 48 54 60',
  'req_total{pod="y",code="200"}': '100 160 10 70 130 190 250 310 370 430 490',
  'one_total{}': '_ _ _ _ _ _ _ _ _ _ 7',
  'info{pod="x",node="n1"}': '1 1 1 1 1 1 1 1 1 1 1',
  'info{pod="y",node="n2"}': '1 1 1 1 1 1 1 1 1 1 1',
  'lat_bucket{le="0.1"}': '0 0 0 0 0 0 0 0 0 0 50',
  'lat_bucket{le="0.5"}': '0 0 0 0 0 0 0 0 0 0 90',
  'lat_bucket{le="+Inf"}': '0 0 0 0 0 0 0 0 0 0 100',
  'temp{room="k"}': '1 3 2 5 4 4 4 4 4 4 4',
}
const at10 = (query: string) => answer(query, { written, minute: 10 })

describe('answers, as Prometheus gives them', () => {
  test.each([
    ['1 + 2 * 3', 7],
    ['-2 ^ 2', -4],
    ['2 ^ 3 ^ 2', 512],
    ['2 ^ -1', 0.5],
    ['7 % 4 - 1', 2],
    ['1 > bool 2', 0],
    ['0x10 + 1e3 + .5', 1016.5],
    ['5m', 300],
    ['time()', 600],
    ['"text"', 'text'],
    ['scalar(up)', Number.NaN],
    ['scalar(up{job="a"})', 1],
  ])('%s is a number or a text', (query, expected) => expect(at10(query)).toEqual(expected))

  test.each([
    ['up', ['up{job="a",pod="x"} 1', 'up{job="b",pod="y"} 0']],
    ['up{job="a"}', ['up{job="a",pod="x"} 1']],
    ['up{job!="a"}', ['up{job="b",pod="y"} 0']],
    ['up{job=~"a|c"}', ['up{job="a",pod="x"} 1']],
    ['up{pod=~"."}', ['up{job="a",pod="x"} 1', 'up{job="b",pod="y"} 0']],
    ['{__name__=~"u.*",pod!~"x"}', ['up{job="b",pod="y"} 0']],
    ['up{nothing=""} == 1', ['up{job="a",pod="x"} 1']],
    ['up{pod=~"up|y.+"}', []],
    ['up == bool 1', ['{job="a",pod="x"} 1', '{job="b",pod="y"} 0']],
    ['1 - up', ['{job="a",pod="x"} 0', '{job="b",pod="y"} 1']],
    ['0 < up', ['up{job="a",pod="x"} 1']],
    ['up offset 9m', ['up{job="a",pod="x"} 1', 'up{job="b",pod="y"} 1']],
    ['up{job="b"} @ 60', ['up{job="b",pod="y"} 1']],
    // Seen last at minute 2: for five minutes it stands, unless it was seen to go.
    ['missed offset 4m', ['missed{pod="x"} 5']],
    ['missed offset 3m', []],
    ['gone offset 8m', []],
    ['gone offset 9m', ['gone{pod="x"} 5']],
    ['rate(req_total{code="500"}[5m])', ['{code="500",pod="x"} 0.1']],
    ['increase(req_total{pod="x",code="200"}[5m])', ['{code="200",pod="x"} 300']],
    ['increase(req_total{pod="y"}[10m])', ['{code="200",pod="y"} 544.444']],
    ['rate(one_total[5m])', []],
    ['irate(req_total{pod="x",code="200"}[5m])', ['{code="200",pod="x"} 1']],
    ['resets(req_total{pod="y"}[20m])', ['{code="200",pod="y"} 1']],
    ['changes(temp[20m])', ['{room="k"} 4']],
    ['delta(temp[3m])', ['{room="k"} 0']],
    ['max_over_time(temp[20m])', ['{room="k"} 5']],
    ['avg_over_time(temp[2m])', ['{room="k"} 4']],
    ['count_over_time(temp[2m])', ['{room="k"} 2']],
    ['last_over_time(temp[2m])', ['temp{room="k"} 4']],
    ['quantile_over_time(0.5, temp[20m])', ['{room="k"} 4']],
    ['max_over_time(rate(req_total{code="500"}[2m])[5m:1m])', ['{code="500",pod="x"} 0.1']],
    ['sum(req_total)', ['{} 1150']],
    ['sum by (code) (req_total)', ['{code="200"} 1090', '{code="500"} 60']],
    ['sum(req_total) without (code)', ['{pod="x"} 660', '{pod="y"} 490']],
    ['count by (nothing) (up)', ['{} 2']],
    ['avg(up)', ['{} 0.5']],
    ['min(up) or max(up)', ['{} 0']],
    ['topk(1, req_total)', ['req_total{code="200",pod="x"} 600']],
    ['bottomk by (pod) (1, req_total)', ['req_total{code="200",pod="y"} 490', 'req_total{code="500",pod="x"} 60']],
    ['quantile(0.5, req_total)', ['{} 490']],
    ['sort_desc(up)', ['up{job="a",pod="x"} 1', 'up{job="b",pod="y"} 0']],
    ['histogram_quantile(0.5, lat_bucket)', ['{} 0.1']],
    ['histogram_quantile(0.7, lat_bucket)', ['{} 0.3']],
    ['histogram_quantile(0.99, lat_bucket)', ['{} 0.5']],
    ['histogram_quantile(0.5, lat_bucket{le!="+Inf"})', ['{} NaN']],
    [
      'sum by (pod) (req_total) * on (pod) group_left (node) info',
      ['{node="n1",pod="x"} 660', '{node="n2",pod="y"} 490'],
    ],
    [
      'req_total / ignoring (code) group_left sum without (code) (req_total)',
      ['{code="200",pod="x"} 0.909091', '{code="200",pod="y"} 1', '{code="500",pod="x"} 0.0909091'],
    ],
    ['up and on (pod) info{node="n1"}', ['up{job="a",pod="x"} 1']],
    ['up unless on (pod) info{node="n1"}', ['up{job="b",pod="y"} 0']],
    ['absent(up)', []],
    ['absent(nothing{a="b",c=~"d"})', ['{a="b"} 1']],
    ['clamp_max(up, 0.5)', ['{job="a",pod="x"} 0.5', '{job="b",pod="y"} 0']],
    ['clamp(req_total{code="500"}, 0, 10)', ['{code="500",pod="x"} 10']],
    ['clamp(up, 5, -5)', []],
    ['up{job="a"} atan2 up{job="a"}', ['{job="a",pod="x"} 0.785398']],
    ['up == on (pod) info', ['{pod="x"} 1']],
    ['label_replace(up{job="a"}, "z", "$1-!", "pod", "(.*)")', ['up{job="a",pod="x",z="x-!"} 1']],
    ['label_join(up{job="a"}, "z", "/", "job", "pod")', ['up{job="a",pod="x",z="a/x"} 1']],
    ['vector(3)', ['{} 3']],
    ['round(vector(2.5))', ['{} 3']],
    ['-up{job="a"}', ['{job="a",pod="x"} -1']],
    ['sum(up) > 5', []],
  ])('%s', (query, expected) => expect(at10(query)).toEqual(expected))
})

describe('what cannot be read is refused with its place', () => {
  test.each([
    ['', '1:1: parse error: no expression found in input'],
    ['sum(', '1:5: parse error: unexpected end of input'],
    ['up{job="a"', '1:11: parse error: unexpected end of input in label matching, expected "," or "}"'],
    ['up{job=a}', '1:8: parse error: unexpected identifier "a" in label matching, expected string'],
    ['rate(up)', '1:6: parse error: expected type range vector in call to function "rate", got instant vector'],
    ['up[5m] + 1', '1:1: parse error: binary expression must contain only scalar and instant vector types'],
    ['1 == 2', '1:1: parse error: comparisons between scalars must use BOOL modifier'],
    ['1 and up', '1:1: parse error: set operator "and" not allowed in binary scalar expression'],
    ['{a=""}', '1:1: parse error: vector selector must contain at least one non-empty matcher'],
    ['nope(up)', '1:1: parse error: unknown function with name "nope"'],
    ['predict_linear(up[5m], 60)', '1:1: parse error: function "predict_linear" is not simulated here'],
    ['sum(rate(up[5m])) up', '1:19: parse error: unexpected identifier "up"'],
    ['up[1h', '1:6: parse error: unexpected end of input in range, expected "]"'],
    ['sum(up)[5m]', '1:1: parse error: ranges only allowed for vector selectors'],
    ['up offset x', '1:11: parse error: unexpected identifier "x" in offset, expected duration'],
    ['"a', '1:1: parse error: unterminated quoted string'],
    ['up\n + €', "2:4: parse error: unexpected character: '€'"],
    ['up[5 m]', '1:6: parse error: unexpected identifier "m" in range, expected "]"'],
    ['up[1m1h]', '1:4: parse error: not a valid duration string: "1m1h"'],
  ])('%s', (query, message) => {
    expect(() => parsePromql(query)).toThrow(new PromqlFault('bad_data', message))
  })

  test('a pattern that is none is refused where it stands', () => {
    expect(() => parsePromql('up{job=~"("}')).toThrow(/^1:9: parse error: error parsing regexp/)
  })

  test('a query of ten thousand brackets is refused, not followed', () => {
    expect(() => parsePromql('('.repeat(10_000))).toThrow(/nested too deeply/)
    expect(() => parsePromql('-'.repeat(100_000))).toThrow(/nested too deeply/)
  })

  test('sides that match more than once are refused', () => {
    expect(() => at10('up * on (nothing) info')).toThrow(/many-to-many matching not allowed/)
    expect(() => at10('req_total * on (pod) info')).toThrow(/group_left\/group_right/)
  })
})

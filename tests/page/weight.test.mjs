// A first visit gets no heavier than it is; `make build` says how far the goal is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { budgets, now, weigh } from './weigh.mjs';

test('JS, CSS and WASM of a first visit get no heavier, and the chart library keeps its budget', async () => {
  const { start, linked, charts, all } = await weigh();
  assert.ok(start <= now.start, `start: ${start} bytes brotli, at most ${now.start}`);
  assert.ok(start < linked, 'the part that reads links is named');
  assert.ok(linked <= now.linked, `of a link: ${linked} bytes brotli, at most ${now.linked}`);
  assert.ok(all <= now.all, `all: ${all} bytes brotli, at most ${now.all}`);
  assert.ok(charts > 0 && charts <= budgets.charts, `charts: ${charts} bytes brotli`);
});

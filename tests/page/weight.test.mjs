// The budgets of a first visit hold.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { budgets, weigh } from './weigh.mjs';

test('JS, CSS and WASM of a first visit, and the chart library, stay within their budgets', async () => {
  const { start, charts } = await weigh();
  assert.ok(start <= budgets.start, `start: ${start} bytes brotli, at most ${budgets.start}`);
  assert.ok(charts > 0 && charts <= budgets.charts, `charts: ${charts} bytes brotli`);
});

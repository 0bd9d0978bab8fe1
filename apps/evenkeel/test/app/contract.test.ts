import { expect, test } from 'vitest';
import { contract } from '../../src/contract.ts';

type Operation = { operationId?: string };

test('every route of the contract has a name of its own, which its clients call it by', () => {
  const { paths } = JSON.parse(contract().openapi) as { paths: Record<string, Record<string, Operation>> };
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => ({ route: `${method} ${path}`, operationId })),
  );
  expect(operations.length).toBeGreaterThan(20);
  expect(operations.filter(({ operationId }) => operationId === undefined)).toEqual([]);
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
});

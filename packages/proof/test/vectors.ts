import { hash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'vitest';

const FOLDER = new URL('../../../../shared/vectors/ledger/', import.meta.url);

const hasVectors = existsSync(FOLDER);

/** The platform's SHA-256. Through a string: in Node 24 that is three times as fast as the `buffer` output. */
export function sha256(bytes: Uint8Array): Uint8Array {
  const digest = new Uint8Array(32);
  const characters = hash('sha256', bytes, 'binary');
  for (let i = 0; i < 32; i++) digest[i] = characters.charCodeAt(i);
  return digest;
}

/** Reads a vector file, or nothing where the shared vectors are not at hand. */
export function vectors<Shape>(name: string): Shape {
  return JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Shape;
}

/** Tests that need the shared vectors; elsewhere one line says that they were left out. */
export function describeVectors(name: string, body: () => void): void {
  if (hasVectors) body();
  else test(`left out: ${name}, because ../shared/vectors/ledger is not here`, () => {});
}

export function base64(text: string | null | undefined): Uint8Array {
  return new Uint8Array(Buffer.from(text ?? '', 'base64'));
}

export function hex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'));
}

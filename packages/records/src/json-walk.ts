import type { ByteRange, Issue } from './issue.ts';
import { MAX_DEPTH, type PassFault } from './json-pass.ts';
import type { Json } from './json-value.ts';
import type { WindowReader } from './window.ts';

/**
 * What is wanted of a JSON file. Paths are keys joined by dots, `*` is any place in an array, '' the root.
 *
 * @property elements Arrays whose elements are given one by one, as verbatim bytes: `chats.list.*.messages`.
 * @property values Small values that are read whole when they are met: `name`, `chats.list.*.id`.
 */
export type JsonPlan = { readonly elements: readonly string[]; readonly values: readonly string[] };

/**
 * What the walk meets, in the file's order. `open` says that an object or array on the way to an element begins.
 * `unreadable` ranges and elements never overlap; all other bytes are structure, or members nobody asked for.
 */
export type JsonEvent =
  | { readonly type: 'open'; readonly path: string }
  | { readonly type: 'value'; readonly path: string; readonly value: Json }
  | {
      readonly type: 'element';
      readonly path: string;
      readonly range: ByteRange;
      readonly bytes: Uint8Array;
    }
  | { readonly type: 'unreadable'; readonly range: ByteRange; readonly issue: Issue }
  /** The file's true size, and whether it stops before its outermost bracket is closed. */
  | { readonly type: 'end'; readonly at: number; readonly isCut: boolean };

type Visit = 'enter' | 'elements' | 'value';
/** An object or array that the walk is inside of. `anchors` are where its next member is found again after damage. */
export type Frame = {
  readonly path: string;
  readonly isArray: boolean;
  readonly isElements: boolean;
  readonly openedAt: number;
  anchors: readonly Anchor[];
};
export type Anchor = { readonly mark: Buffer; readonly offset: number };
export type Fault = PassFault | 'cut' | 'large';
/** The state of one walk over a file. */
export type Walk = {
  readonly reader: WindowReader;
  readonly visits: ReadonlyMap<string, Visit>;
  readonly limits: JsonLimits;
  readonly frames: Frame[];
  readonly told: JsonEvent[];
  readonly open: Uint8Array;
  at: number;
  /** Bytes looked at more than once because of damage. */
  wasted: number;
  isDone: boolean;
};
export type JsonLimits = { readonly elementBytes: number; readonly valueBytes: number };

export const JSON_LIMITS: JsonLimits = { elementBytes: 32 * 1024 ** 2, valueBytes: 4 * 1024 ** 2 };
/** This much lies in the window wherever the walk looks. */
export const LOOK = 64 * 1024;

/** A walk that stands at the beginning of the file. */
export function begun(reader: WindowReader, plan: JsonPlan, limits: JsonLimits): Walk {
  const open = new Uint8Array(MAX_DEPTH);
  const visits = visitsOf(plan);
  return { reader, visits, limits, open, frames: [], told: [], at: 0, wasted: 0, isDone: false };
}

/** Every path on the way to something wanted is entered. */
function visitsOf(plan: JsonPlan): ReadonlyMap<string, Visit> {
  const visits = new Map<string, Visit>();
  for (const path of [...plan.elements, ...plan.values]) {
    const parts = path === '' ? [] : path.split('.');
    for (let length = 0; length < parts.length; length++)
      visits.set(parts.slice(0, length).join('.'), 'enter');
  }
  for (const path of plan.values) visits.set(path, 'value');
  for (const path of plan.elements) visits.set(path, 'elements');
  return visits;
}

/** The window with at least {@link LOOK} bytes from a place on, unless the file ends before. */
export function near(walk: Walk, at: number): WindowReader['window'] | Promise<WindowReader['window']> {
  const { window } = walk.reader;
  const holds = at >= window.base && (window.isLast || at + LOOK <= window.base + window.bytes.length);
  return holds ? window : walk.reader.ensure(at, LOOK);
}

/** A path and one part more. */
export function joined(path: string, part: string): string {
  return path === '' ? part : `${path}.${part}`;
}

export function isChild(path: string, parent: string): boolean {
  const dot = path.lastIndexOf('.');
  return (dot < 0 ? '' : path.slice(0, dot)) === parent;
}

/** The source's true size; a packed one knows it only at its end. */
export async function sizeFrom(reader: WindowReader, from: number): Promise<number> {
  let window = await reader.ensure(from, 0);
  while (!window.isLast) window = await reader.ensure(window.base + window.bytes.length, LOOK);
  return window.base + window.bytes.length;
}

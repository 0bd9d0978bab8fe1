import { noteAnswer, noteSilence } from '../shell/connection.ts';
import { Problem } from './problem.ts';

type Query = Readonly<Record<string, string | number | null | undefined>>;
type Options = { query?: Query; signal?: AbortSignal; headers?: Record<string, string> };

/** Reads JSON. @throws Problem when the server refuses, or is not there (`code` is `unreachable`). */
export async function getJson<T>(path: string, options: Options = {}): Promise<T> {
  return (await (await call('GET', path, undefined, options)).json()) as T;
}

/** Sends JSON and reads the JSON answer. @throws Problem as {@link getJson} */
export async function sendJson<T>(
  method: 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<T> {
  const answer = await call(method, path, body === undefined ? undefined : JSON.stringify(body), {
    headers: { 'content-type': 'application/json' },
  });
  const text = await answer.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** The raw answer: for bytes and streams. @throws Problem as {@link getJson} */
export async function call(
  method: string,
  path: string,
  body: BodyInit | undefined,
  { query, signal, headers }: Options = {},
): Promise<Response> {
  const request: RequestInit = { method, headers: headers ?? {}, credentials: 'same-origin' };
  if (body !== undefined) request.body = body;
  if (signal) request.signal = signal;
  const answer = await reach(`/api${path}${queryString(query)}`, request);
  if (!answer.ok) throw await Problem.read(answer);
  return answer;
}

async function reach(url: string, request: RequestInit): Promise<Response> {
  try {
    const answer = await fetch(url, request);
    noteAnswer();
    return answer;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    noteSilence();
    throw new Problem({ code: 'unreachable', title: '', status: 0, params: {} });
  }
}

function queryString(query: Query = {}): string {
  const pairs = Object.entries(query).filter(
    ([, value]) => value !== null && value !== undefined && value !== '',
  );
  return pairs.length === 0
    ? ''
    : `?${new URLSearchParams(pairs.map(([key, value]) => [key, String(value)]))}`;
}

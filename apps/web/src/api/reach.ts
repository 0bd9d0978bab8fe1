import { client } from '../generated/client.gen.ts';
import { noteAnswer, noteSilence } from '../shell/connection.ts';
import { Problem } from './problem.ts';

/** Lets every call of the generated client go this way: a refusal or a silence becomes a {@link Problem}. */
export function takeThisWay(): void {
  client.setConfig({ fetch: reach, throwOnError: true, credentials: 'same-origin' });
}

/** @throws Problem when the server refuses, or is not there (`code` is `unreachable`). */
export async function reach(request: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const answer = await fetch(request, init).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    noteSilence();
    throw new Problem({ code: 'unreachable', title: '', status: 0, params: {} });
  });
  noteAnswer();
  if (!answer.ok) throw await Problem.read(answer);
  return answer;
}

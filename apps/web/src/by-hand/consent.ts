import type { RecordingPlaces } from '../generated/types.gen.ts';
import type { OnTheCall } from './draft.ts';

export type Place = RecordingPlaces['items'][number];

const RECORDING = /\.(mp3|m4a|wav|ogg|oga|opus|flac|amr|aac|caf|aiff?|wma|mp4|mov|webm|mkv|avi|3gp)$/i;

/** Whether a file sounds like a recording; the server looks at its bytes. */
export function isRecording({ name, type }: { name: string; type: string }): boolean {
  return /^(audio|video)\//.test(type) || RECORDING.test(name);
}

/** What the strictest place on a call asks for, and who has not agreed to it. */
export type Asked = {
  readonly agree: 'everyone' | 'one';
  readonly because: Place | null;
  readonly lacking: readonly string[];
  readonly isEnough: boolean;
};

/** The same rule as the server's, said before anything is sent. */
export function askedOf(places: readonly Place[], all: readonly OnTheCall[]): Asked {
  const on = all.filter(({ who }) => who.trim() !== '');
  const known = on.map(({ place }) => places.find((one) => one.place === place) ?? null);
  const strictest = known.find((one) => one?.agree === 'everyone') ?? null;
  const isSure = known.length > 0 && known.every((one) => one?.isVerified);
  const agree = strictest || !isSure ? 'everyone' : 'one';
  const lacking = on.filter(({ agreed }) => !agreed).map(({ who }) => who);
  const isEnough =
    on.length > 1 && (agree === 'everyone' ? lacking.length === 0 : lacking.length < on.length);
  return { agree, because: strictest ?? (isSure ? (known[0] ?? null) : null), lacking, isEnough };
}

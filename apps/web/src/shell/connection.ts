import { newStore } from './store.ts';

/** Whether the last request reached the program on this machine. */
export const connection = newStore<'there' | 'silent'>('there');

export function noteAnswer(): void {
  if (connection.get() !== 'there') connection.set('there');
}

export function noteSilence(): void {
  if (connection.get() !== 'silent') connection.set('silent');
}

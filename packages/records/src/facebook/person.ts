import type { ExportedPerson } from '../exported.ts';

export type Platform = 'facebook' | 'instagram';

/** Neither the pages nor the JSON tell people apart but by their names. */
export function personOf(platform: Platform, name: string): ExportedPerson {
  return { name, address: `${platform}:name=${name}`, isMe: false };
}

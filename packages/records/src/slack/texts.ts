import { decodeEntities } from '../html-entity.ts';
import type { JsonObject } from '../json-value.ts';

/** Keys that open a workspace, wherever they stand, and what a link to Slack carries behind its address. */
const KEY = /\bxox[a-z]?(?:\.xox[a-z])?-[\w-]+/gi;
const LINK = /(https?:\/\/(?:[\w-]{1,60}\.){0,4}slack(?:-files)?\.com\/[^\s?|<>"')]{0,500}\?)[^\s|<>"')]+/gi;
const REFERENCE = /<([@#!]?)([^<>|]{0,2000})(?:\|([^<>]{0,2000}))?>/g;
const ID = /"((?:U|W|B)[A-Z0-9]{4,20})"|<@((?:U|W|B)[A-Z0-9]{4,20})[|>]/g;

/** Takes keys out of a text; a visible word stands in their place. */
export function withoutSecrets(text: string): string {
  return text.replace(LINK, '$1[key left out]').replace(KEY, '[key left out]');
}

/** A text as people saw it: mentions by name, links by their label and address, `&amp;` as `&`. */
export function shownText(text: string, people: Readonly<Record<string, string>>): string {
  const shown = text.replace(REFERENCE, (all, sign: string, target: string, label?: string) => {
    if (sign === '@') return `@${people[target] ?? label ?? target}`;
    if (sign === '#') return `#${label || target}`;
    if (sign === '!') return label || `@${target.replace(/\^.*$/, '')}`;
    if (!/^[a-z][a-z+.-]*:/i.test(target)) return all;
    return label && label !== target && `mailto:${label}` !== target
      ? `${label} (${target})`
      : (label ?? target);
  });
  return withoutSecrets(decodeEntities(shown));
}

/** The people that an entry names by id. */
export function idsIn(entry: JsonObject): readonly string[] {
  const { text, user, bot_id: bot, edited } = entry;
  const own = JSON.stringify([text, user, bot, edited, entry.attachments, entry.blocks, entry.reactions]);
  return [...new Set([...own.matchAll(ID)].map((found) => (found[1] ?? found[2])!))];
}

import { idAt, isObject, type Json, type JsonObject, listAt, numberAt, textAt } from '../json-value.ts';

const MAX_DEPTH = 8;

/** The words of a message: a text, or pieces of it with their looks. */
export function textOf(entry: JsonObject): string {
  const text = joined(entry.text);
  return text !== '' ? text : joined(entry.text_entities);
}

/** Pieces lie in a list; newer programs put lists into pieces. */
function joined(text: Json | undefined, depth = 0): string {
  if (typeof text === 'string') return text;
  if (typeof text === 'number') return String(text);
  if (depth > MAX_DEPTH) return '';
  if (Array.isArray(text)) return text.map((piece: Json) => joined(piece, depth + 1)).join('');
  return isObject(text) ? joined(text.text, depth + 1) : '';
}

/** What a message without words shows: a poll, a place, a contact, a sticker. */
export function extraText(entry: JsonObject): string {
  const lines = [
    ...pollLines(entry.poll),
    ...taskLines(entry.todo_list),
    placeLine(entry),
    contactLine(entry.contact_information),
  ];
  const words = lines.filter((line) => line !== '').join('\n');
  return words !== '' ? words : (textAt(entry, 'sticker_emoji') ?? textAt(entry, 'game_title') ?? '');
}

function pollLines(poll: Json | undefined): readonly string[] {
  if (!isObject(poll)) return [];
  const answers = listAt(poll, 'answers').map(
    (answer) => `- ${joined(answer)} (${numberAt(answer, 'voters') ?? 0})`,
  );
  return [joined(poll.question), ...answers];
}

function taskLines(list: Json | undefined): readonly string[] {
  if (!isObject(list)) return [];
  const tasks = [...listAt(list, 'answers'), ...listAt(list, 'tasks'), ...listAt(list, 'items')];
  return [joined(list.title), ...tasks.map((task) => `- ${joined(task)}`)];
}

function placeLine(entry: JsonObject): string {
  const [latitude, longitude] = [
    idAt(entry, 'location_information', 'latitude'),
    idAt(entry, 'location_information', 'longitude'),
  ];
  const place = latitude && longitude ? `${latitude}, ${longitude}` : '';
  return [textAt(entry, 'place_name'), textAt(entry, 'address'), place].filter(Boolean).join(', ');
}

function contactLine(contact: Json | undefined): string {
  const keys = ['first_name', 'last_name', 'phone_number'];
  return keys
    .map((key) => textAt(contact, key))
    .filter(Boolean)
    .join(' ');
}

/** A service line in the export's own words: "Alice: invite members, Bob, Carol". */
export function serviceText(entry: JsonObject): string | null {
  const action = textAt(entry, 'action')?.replaceAll('_', ' ');
  if (!action) return textOf(entry) || null;
  const members = listAt(entry, 'members').filter((member) => typeof member === 'string');
  const more = [
    textAt(entry, 'title'),
    textAt(entry, 'new_title'),
    ...members,
    idAt(entry, 'message_id'),
  ].filter(Boolean);
  const who = textAt(entry, 'actor');
  return `${who ? `${who}: ` : ''}${[action, ...more].join(', ')}${textOf(entry) ? `: ${textOf(entry)}` : ''}`;
}

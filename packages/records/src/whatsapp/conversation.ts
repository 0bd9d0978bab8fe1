import type { ExportedItem } from '../exported.ts';
import { plainName } from './sender.ts';
import type { Survey } from './survey.ts';

/** What the app calls the file, before the chat's name, in its languages. A hard space may stand in it. */
const PREFIX =
  /^(?:WhatsApp Chat (?:with|mit|-)|WhatsApp[- ]chatt? (?:med|met)|WhatsApp-keskustelu(?: henkilön)?|Чат WhatsApp с(?: контактом| группой)?|Чат WhatsApp із(?: контактом)?|Chat WhatsApp s(?: uživatelem| používateľom| kontaktem)?|Chat de WhatsApp con|Conversa do WhatsApp com|Discussion WhatsApp avec|Chat WhatsApp con|Czat WhatsApp z(?: użytkownikiem)?|WhatsApp Sohbeti -|Chat WhatsApp dengan|محادثة واتساب مع|صندوق محادثة واتساب مع|צ'אט WhatsApp עם|与|與) ?/iu;
const SUFFIX =
  /(?: ?的 ?WhatsApp ?(?:聊天|對話)(?:记录|紀錄)?| kanssa käyty WhatsApp-keskustelu|とのトーク| ile WhatsApp Sohbeti|님과 카카오톡 대화)$/u;
const EXTENSIONS = /(?:\.(?:txt|zip))+$/i;

/** The chat's name in the name of its file or of the archive around it; null where neither says one. */
export function nameInPath(path: string): string | null {
  for (const part of path.split(/[\\/]/).reverse()) {
    const name = plainName(part)
      .normalize('NFC')
      .replace(EXTENSIONS, '')
      .replace(/ ?\(\d{1,3}\)$/, '');
    const bare = name.replace(PREFIX, '').replace(SUFFIX, '');
    if (bare !== name && bare.trim() !== '') return bare.trim();
  }
  return null;
}

/** Names the conversation: by the file unless that only adds to what the app itself says, or by who writes in it. */
export function conversationOf(survey: Survey, path: string): ExportedItem['conversation'] {
  const senders = [...survey.senders.keys()];
  const inPath = nameInPath(path);
  const isLonger = survey.spokenFor !== null && (inPath ?? '').startsWith(survey.spokenFor);
  const said = isLonger ? survey.spokenFor : (inPath ?? survey.spokenFor);
  const name = said ?? (senders.length === 0 ? null : senders.toSorted().slice(0, 3).join(', '));
  return { id: `whatsapp:${name ?? 'unnamed'}`, name, isGroup: isGroup(survey, senders, said) };
}

function isGroup(survey: Survey, senders: readonly string[], said: string | null): boolean | null {
  if (survey.isGroupSaid || senders.length > 2) return true;
  if (said !== null && survey.senders.has(said)) return false;
  return null;
}

/** Who exported: named by the app's own words, or the one of two whose name is not that of the chat. */
export function exporterOf(survey: Survey, conversation: ExportedItem['conversation']): string | null {
  if (survey.me !== null) return survey.me;
  if (conversation.isGroup !== false || survey.senders.size !== 2) return null;
  return [...survey.senders.keys()].find((name) => name !== conversation.name) ?? null;
}

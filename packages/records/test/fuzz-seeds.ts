import { gzipSync } from 'node:zlib';
import { letter, zip } from './containers.ts';
import { tar } from './tar.ts';

export type Seed = { readonly name: string; readonly bytes: Buffer };

const WHATSAPP = [
  '25.05.2026, 09:14 - Ivan Orlov: Where is the login?',
  'and the invoice',
  '25.05.2026, 09:20 - Anna Berg: IMG-1.png (file attached)',
  '26.05.2026, 18:02 - Anna Berg: <Media omitted>',
];
const IOS = [
  '[3/18/26, 2:56:01 PM] Ivan: hello',
  '\u200e[3/18/26, 2:57:00 PM] Anna: \u200e<attached: 1.jpg>',
];
const TELEGRAM = {
  name: 'Ivan Orlov',
  type: 'personal_chat',
  id: 4711,
  messages: [
    {
      ...{ id: 1, type: 'message', date: '2026-05-12T09:14:00', date_unixtime: '1778566440', from: 'Ivan' },
      ...{ from_id: 'user4711', text: ['a ', { type: 'bold', text: 'bold' }], photo: 'photos/1.jpg' },
    },
    { id: 2, type: 'service', date: '2026-05-12T09:15:00', actor: 'Ivan', action: 'phone_call' },
  ],
};
const DISCORD = {
  guild: { id: '0', name: 'Direct Messages' },
  channel: { id: '9', type: 'DirectTextChat', name: 'orlov' },
  messages: [
    {
      ...{ id: '1', type: 'Default', timestamp: '2026-05-12T09:14:00.000+03:00', content: 'hello' },
      ...{ author: { id: '7', name: 'orlov', discriminator: '0001', isBot: false }, attachments: [] },
    },
  ],
  messageCount: 1,
};
const SLACK = [
  { type: 'message', user: 'U1', text: '<@U2> &amp; co', ts: '1772636065.551219', client_msg_id: 'x' },
];
const FACEBOOK = {
  participants: [{ name: 'Ivan' }, { name: 'Anna' }],
  messages: [{ sender_name: 'Ivan', timestamp_ms: 1778566440000, content: 'caf\u00c3\u00a9' }],
  title: 'Ivan',
  thread_path: 'inbox/ivan_1',
};
const GOOGLE = {
  messages: [
    {
      ...{ creator: { name: 'Ivan', email: 'ivan@b.example' }, text: 'hello', message_id: 's/t/t' },
      ...{
        created_date: 'Tuesday, May 12, 2026 at 6:14:00 AM UTC',
        attached_files: [{ export_name: '1.jpg' }],
      },
      reactions: [{ emoji: { unicode: '👍' }, reactor_emails: ['a@b.example'] }],
    },
  ],
};
const LINKEDIN =
  'CONVERSATION ID,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,CONTENT\n1,Ivan,https://www.linkedin.com/in/ivan,Anna,https://www.linkedin.com/in/anna,2026-05-12 06:14:00 UTC,"hello, ""you"""\n';
const SMS =
  '<?xml version="1.0"?><smses count="1"><sms protocol="0" address="+358401234567" date="1778566440000" type="1" body="hi &#55357;&#56838;" contact_name="Ivan" /></smses>';
const CALLS =
  '<?xml version="1.0"?><calls count="1"><call number="+358401234567" duration="61" date="1778566440000" type="2" contact_name="Ivan" /></calls>';
const CALENDAR =
  'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=Europe/Helsinki:20260512T091400\r\nRRULE:FREQ=DAILY\r\nSUMMARY:Kick-off\r\nORGANIZER:mailto:a@b.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n';
const CARD =
  'BEGIN:VCARD\nVERSION:2.1\nFN;ENCODING=QUOTED-PRINTABLE:Ren=C3=A9\nTEL:+358401234567\nEND:VCARD\n';
const CALL_LIST = 'Date,Number,Type,Duration\n05/14/2026 09:14,"+358 40",Incoming,1:05\n';
const PAGE = '<!-- saved from url=(0019)https://r.example/1 --><title>x</title><p>They never answered.';
const MBOX = `From a@b.example Tue May 12 09:14:00 2026\n${letter('one')}\nFrom a@b.example Tue May 12 09:15:00 2026\n${letter('two')}`;

/** Small files of every format that is read, our own; mutated they are what comes out of damaged downloads. */
export const SEEDS: readonly Seed[] = [
  text('WhatsApp Chat with Ivan Orlov.txt', `${WHATSAPP.join('\n')}\n`),
  text('_chat.txt', `${IOS.join('\r\n')}\r\n`),
  text('result.json', JSON.stringify(TELEGRAM)),
  text('discord.json', JSON.stringify(DISCORD)),
  text('general/2026-05-12.json', JSON.stringify(SLACK)),
  text('inbox/ivan_1/message_1.json', JSON.stringify(FACEBOOK)),
  text('Google Chat/Groups/DM 1/messages.json', JSON.stringify(GOOGLE)),
  text('messages.csv', LINKEDIN),
  { name: 'chat.txt', bytes: Buffer.from(`\ufeff${WHATSAPP.join('\r\n')}\r\n`, 'utf16le') },
  text('sms.xml', SMS),
  text('calls.xml', CALLS),
  text('invite.ics', CALENDAR),
  text('people.vcf', CARD),
  text('calls.csv', CALL_LIST),
  text('review.html', PAGE),
  text('box.mbox', MBOX),
  text('one.eml', letter('one')),
  { name: 'box.gz', bytes: gzipSync(MBOX) },
  { name: 'chat.zip', bytes: packed(zip) },
  { name: 'chat.tar', bytes: packed(tar) },
];

function text(name: string, content: string): Seed {
  return { name, bytes: Buffer.from(content) };
}

function packed(pack: typeof tar): Buffer {
  const chat = Buffer.from(`${WHATSAPP.join('\n')}\n`);
  return pack([
    { name: 'WhatsApp Chat with Ivan.txt', bytes: chat },
    { name: 'IMG-1.png', bytes: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1') },
  ]);
}

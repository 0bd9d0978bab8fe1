/** Lines by which mail programs and people set apart what is not newly written, in English, Russian and Finnish. */

export const QUOTED_LINE = /^[ \t]{0,3}(?:>|\|[ \t])/;

/** Ends with who wrote what follows: On … wrote:, … писал(а):, … kirjoitti: */
export const ATTRIBUTION_END =
  /(?:\bwrote|\bhas written|\bschrieb|(?:на)?писала?(?:\(а\))?|пишет|kirjoitti)[ \t]*:[ \t]*$/iu;
export const ATTRIBUTION_START =
  /^[ \t]*(?:On\b|\d|["“«]?\p{Lu}|<|В\b|Пн|Вт|Ср|Чт|Пт|Сб|Вс|(?:ma|ti|ke|to|pe|la|su)\b)/u;

export const ORIGINAL =
  /^[ \t]*(?:[-_*]{2,}[ \t]*)(?:Original (?:Message|Appointment)|Reply message|Исходное сообщение|Исходное письмо|Оригинальное сообщение|Alkuperäinen viesti)(?:[ \t]*[-_*]*)[ \t]*$/iu;
export const FORWARDED =
  /^[ \t]*(?:[-_*]{2,}[ \t]*(?:Forwarded (?:message|by)|Пересылаемое сообщение|Переадресованное сообщение|Перенаправленное сообщение|Пересланное сообщение|Välitetty viesti|Edelleenlähetetty viesti)|Begin forwarded message:|Начало переадресованного сообщения:|Начало пересылаемого сообщения:|Välitetty viesti alkaa:)/iu;
export const FROM_LINE = /^[ \t]*\*?(?:From|От|От кого|Lähettäjä)[ \t]*:\*?[ \t]*(\S.*)$/iu;
export const HEADER_LINE =
  /^[ \t]*\*?(?:From|Sent|To|Cc|Bcc|Date|Subject|Reply-To|От|От кого|Отправлено|Кому|Копия|Дата|Тема|Lähettäjä|Lähetetty|Vastaanottaja|Kopio|Päivämäärä|Päiväys|Pvm|Aihe)[ \t]*:\*?/iu;

export const DASHES = /^--[ \t]?$/;
/** How a closing formula begins; what may follow on its line is in CLOSING_REST. */
export const CLOSING =
  /^[ \t]*(?:(?:with )?(?:(?:best|kind|kindest|warm|warmest|many)[ \t]*)?(?:regards|wishes)|(?:yours )?(?:sincerely|faithfully|truly)(?: yours)?|cheers|с уважением|с наилучшими(?: пожеланиями)?|всего (?:доброго|хорошего)|(?:(?:ystävällisin|parhain|lämpimin|yst\.?) )?terveisin|kunnioittavasti|yst\.? ?terv\.?|t\.)(?=[\s,.!-]|$)/iu;
/** Nothing, or a name. */
export const CLOSING_REST = /^[ \t]*[,.!-]{0,2}[ \t]*(?:\p{Lu}[\p{L}.'’-]*[ \t]*,?[ \t]*){0,4}$/u;
export const NAME_AFTER = /[,.!-]?[ \t]*((?:\p{Lu}[\p{L}.'’-]*[ \t]*){1,4})$/u;
export const SENT_FROM =
  /^[ \t]*(?:Sent from (?:my|Mail|Outlook|Yahoo)\b|Get Outlook for\b|Отправлено (?:с|из)\b|Lähetetty (?:i?Phone|iPad|Android|Samsung|Outlook|puhelime)|Hae Outlook)/iu;
export const POSTSCRIPT = /^[ \t]*(?:p\.? ?s\.?|п\.? ?с\.?|з\.? ?ы\.?)[ \t:.,-]/iu;

/** What disclaimers speak of; two of them make one. */
export const DISCLAIMER_WORDS = [
  /\bconfidential|\bprivileged|конфиденциальн|luottamuksellis/iu,
  /intended (?:solely |only |exclusively )?(?:for|recipient)|(?:use|attention) of the (?:individual|addressee|named)|не являетесь (?:его |её |надлежащим |указанным )?(?:адресат|получател)|предназначен[оа]? (?:только|исключительно)|tarkoitettu (?:vain|ainoastaan|yksinomaan)|et(?:te)? ole (?:viestin |sen )?(?:oikea |tarkoitettu )?vastaanottaja|tarkoitettu vastaanottaja/iu,
  /\bthis (?:e-?mail|message|communication|transmission)\b|(?:данн|настоящ|эт)(?:ое|ое электронное|о) (?:электронное )?(?:сообщение|письмо)|\btämä (?:sähköposti|viesti|sanoma)/iu,
  /\bdelete (?:it|this|the)|\bunauthori[sz]ed|strictly prohibited|удалите|запрещен|poista(?:maan|kaa)? (?:se|viesti|tämä)|hävit(?:ä|tämään)|luvaton/iu,
  /\battorney.client|\bvirus|адвокатск|asianajosalaisuu/iu,
] as const;

export const AUTO_REPLY =
  /^\s*(?:(?:re|fwd?|vs|ответ)[ :]+)?(?:automatic reply|auto-?matic response|auto[- ]?reply|auto[- ]?response|out of (?:the )?office\b[:.\s]|this is an auto(?:matic|mated)|автоматический ответ|автоответ|это автоматическ|это письмо (?:создано|сформировано|отправлено) автоматически|automaattinen (?:poissaolo)?(?:vastaus|viesti)|poissaoloviesti|poissaoloilmoitus|tämä on automaattinen)/iu;
export const AWAY =
  /(?:\b(?:i am|i'm|i will be|we are) (?:currently )?(?:out of (?:the )?office|on (?:annual |parental |sick )?leave|on vacation|on holiday|away (?:until|from))|(?:я|сейчас) (?:нахожусь )?в отпуске|отсутствую (?:на рабочем месте|в офисе)|\bolen (?:lomalla|poissa|vuosilomalla))/iu;
export const AWAY_DETAIL =
  /(?:return|back (?:on|in)|limited access|in urgent cases|for urgent|contact my|вернусь|буду на месте|по срочным|срочн|обращайтесь|palaan|kiireel|ota(?:tte|han)? yhteyttä|sijais)/iu;

/** Words that the app writes into a chat, as far as they are known: from its string tables and from exports. */

function anyOf(...texts: readonly string[]): string {
  return texts.join('|');
}

/** `<Media omitted>`: Android left a file out. */
export const OMITTED_ANDROID = new RegExp(
  `^<(?:${anyOf(
    'Media omitted',
    'Без медиафайлов|Файл пропущен|Медиафайл(?:ы)? (?:пропущен|исключен)ы?',
    'Media jät(?:ettiin|etty) pois',
    'Medien (?:ausgeschlossen|weggelassen|ausgelassen)',
    'Médias omis|Fichier omis',
    'Multimedia omitido|Archivo omitido|Se omitió el archivo',
    'Mídia (?:oculta|omitida)|Arquivo de mídia oculto|Ficheiro(?: multimédia)? (?:não revelado|omitido)',
    'Media omess[io]',
    'Media weggelaten',
    'Media utelämnade?s|Media har utelämnats',
    'Mediefilen? er utelatt|Medier utelatt',
    'Mediefil udeladt|Media udeladt|Medier er udeladt',
    'pominięto multimedia|Pominięto multimedia|multimedia pominięto',
    'Média vynech[aá]n[ay]|Médi[aá] vynechané',
    'Медіа(?:файли)? пропущено|Без медіафайлів',
    'Medya (?:dahil edilmedi|atlanmış)',
    'تم استبعاد الوسائط|الوسائط غير مدرجة',
    'המדיה לא נכללה|מדיה הושמטה',
    'Media tidak disertakan',
    'メディア(?:なし|は含まれていません|を除外)',
    '미디어(?: 파일을 제외한 메시지| 생략됨|를 제외함)',
    '省略多媒体文件|媒体文件已省略|忽略多媒體檔案|已省略多媒體',
    'Hiányzó médiafájl|Médiafájl kihagyva',
    'Fișiere? media omise?',
    'Εξαιρέθηκε το πολυμέσο|Παραλείφθηκαν πολυμέσα',
    'Пропуснат мултимедиен файл',
    'Bỏ qua media|Đã bỏ qua file media',
  )})>$`,
  'iu',
);

/** What an iPhone writes for a file left out, where it puts no mark before its own words: before 2018. */
export const OMITTED_IPHONE = new RegExp(
  `^<?(?:${anyOf(
    '(?:image|video|audio|sticker|GIF|document|Contact card) omitted',
    '(?:изображение|видео|аудиофайл|GIF|документ) отсутствует|стикер не добавлен|Карточка контакта отсутствует',
    'ei kuvaa|videota ei sisällytetä|äänitiedostoa ei sisällytetä|tarraa ei sisällytetty|GIF-animaatio jätetty pois|' +
      'dokumenttia ei sisällytetä|Yhteystietokortti jätettiin pois',
    '(?:Bild|Video|Audio|Sticker|GIF|Dokument) weggelassen|Kontaktkarte ausgelassen',
    '(?:image|vidéo) absente|(?:audio|sticker) omis|GIF retiré|document manquant|Fiche contact manquante',
    '(?:imagen|tarjeta de contacto) omitida|(?:video|audio|sticker|GIF|documento) omitido',
    '(?:imagem|figurinha) (?:ocultada|omitida)|(?:vídeo|áudio|GIF|documento) (?:ocultado|omitido)',
    '(?:immagine|video|audio|sticker|GIF|documento) omess[oa]',
    '(?:afbeelding|video|audio|sticker|GIF|document) weggelaten',
  )})>?$`,
  'iu',
);

/** `NAME (file attached)`: what stands in the brackets. */
export const ATTACHED_ANDROID = new RegExp(
  `^(?:${anyOf(
    'file attached',
    'файл добавлен|файл прикреплен|файл прикреплён',
    'liitetiedosto|tiedosto liitetty',
    'Datei angehängt',
    'fichier joint',
    'archivo adjunto',
    'arquivo anexado|ficheiro anexado',
    'file allegato',
    'bestand bijgevoegd',
    'bifogad fil|fil bifogad',
    'fil vedlagt|vedlagt fil',
    'fil vedhæftet|vedhæftet fil',
    'plik dołączony|załączono plik',
    'soubor byl přiložen|přiložený soubor',
    'súbor bol priložený|priložený súbor',
    'файл додано',
    'dosya ekli',
    'ملف مرفق|الملف مرفق',
    'הקובץ מצורף|קובץ מצורף',
    'file terlampir',
    'ファイル添付|添付ファイル',
    '파일 첨부됨|파일 첨부',
    '文件附件|附件|檔案已附加',
    'fájl csatolva|csatolt fájl',
    'fișier atașat',
    'επισυνημμένο αρχείο|συνημμένο αρχείο',
    'прикачен файл|файлът е прикачен',
    'tệp đính kèm|file đính kèm',
  )})$`,
  'iu',
);

export const DELETED_BY_ME = new RegExp(
  `^(?:${anyOf(
    'You deleted this message',
    'Вы удалили (?:данное|это) сообщение',
    'Poistit tämän viestin',
    'Du hast diese Nachricht gelöscht',
    'Vous avez supprimé ce message',
    'Eliminaste este mensaje|Has eliminado este mensaje',
    'Você apagou esta mensagem|Apagou esta mensagem|Apagaste esta mensagem',
    'Hai eliminato questo messaggio',
    '(?:Je|U) (?:hebt|heeft) dit bericht verwijderd',
    'Du (?:raderade|har raderat|tog bort) (?:det här meddelandet|meddelandet)',
    'Du slettet denne meldingen|Du slettede denne besked',
    'Usunięto wiadomość|Usunąłeś tę wiadomość|Wiadomość usunięta przez Ciebie',
    'Smazali? jste tuto zprávu|Odstránili ste túto správu',
    'Ви видалили це повідомлення',
    'Bu mesajı sildiniz',
    'لقد حذَ?فت هذه الرسالة',
    'מחקת (?:הודעה זו|את ההודעה)',
    'Anda menghapus pesan ini|Anda telah menghapus pesan ini',
    'このメッセージを削除しました',
    '이 메시지를 삭제했습니다|삭제한 메시지입니다',
    '[你您]已?(?:删除|刪除)了?(?:此|这条|這則)(?:消息|訊息)',
    'Törölted ezt az üzenetet',
    'Ai șters acest mesaj',
    'Διαγράψατε αυτό το μήνυμα',
    'Вие изтрихте това съобщение|Изтрихте това съобщение',
    'Bạn đã xóa tin nhắn này',
  )})\\.?$`,
  'iu',
);

export const DELETED = new RegExp(
  `^(?:${anyOf(
    'This message was deleted(?: by admin .{1,60})?',
    '(?:Данное|Это) сообщение (?:было )?удалено',
    'Tämä viesti (?:on poistettu|poistettiin)',
    'Diese Nachricht wurde gelöscht',
    'Ce message a été supprimé',
    'Se eliminó este mensaje|Este mensaje (?:fue|ha sido) eliminado',
    'Esta mensagem foi (?:apagada|eliminada)|Mensagem apagada',
    'Questo messaggio è stato eliminato',
    'Dit bericht is verwijderd',
    'Det här meddelandet (?:raderades|har raderats|togs bort)',
    'Denne meldingen ble slettet|Denne besked blev slettet',
    'Ta wiadomość została usunięta|Wiadomość usunięta',
    'Tato zpráva byla (?:odstraněna|smazána)|Zpráva byla smazána|Táto správa bola (?:odstránená|vymazaná)',
    'Це повідомлення (?:було )?видалено',
    'Bu mesaj silindi',
    'تم حذف هذه الرسالة',
    'הודעה זו נמחקה|ההודעה נמחקה',
    'Pesan ini (?:telah )?dihapus',
    'このメッセージは削除されました',
    '(?:이 )?메시지가 삭제되었습니다|삭제된 메시지입니다',
    '(?:此|这条)消息已(?:被)?删除|此訊息已(?:被)?刪除|這則訊息已刪除',
    'Ez(?:t az üzenetet törölték| az üzenet törlésre került)',
    'Acest mesaj a fost șters',
    'Αυτό το μήνυμα διαγράφηκε|Το μήνυμα διαγράφηκε',
    '(?:Това )?[Сс]ъобщението? (?:бе|е|беше) изтрито',
    'Tin nhắn này đã bị xóa',
  )})\\.?$`,
  'iu',
);

export const MISSED_CALL = new RegExp(
  `^(?:${anyOf(
    'Missed (?:group )?(?:voice |video )?call',
    'Пропущенный (?:групповой )?(?:аудио|видео|голосовой )?звонок',
    'Vastaamaton (?:ryhmä)?(?:ääni|video)?puhelu',
    'Verpasster (?:Gruppen-?)?(?:Sprach|Video)?anruf',
    'Appel (?:vocal |vidéo )?(?:de groupe )?manqué',
    '(?:Llamada|Videollamada)(?: de voz)? perdida',
    'Chamada(?: de (?:voz|vídeo))? (?:perdida|não atendida)',
    '(?:Chiamata|Videochiamata)(?: vocale)? persa',
    'Gemiste? (?:spraak|video)?oproep',
    'Missat (?:röst|video)?samtal',
    'Tapt (?:tale|video)?anrop|Ubesvart (?:tale|video)?anrop|Mistet (?:tale|video)?opkald',
    'Nieodebrane połączenie(?: (?:głosowe|wideo))?',
    'Zmeškaný (?:hlasový |video)?hovor',
    'Пропущений (?:аудіо|відео|голосовий )?(?:дзвінок|виклик)',
    'Cevapsız (?:sesli |görüntülü )?arama',
    'مكالمة (?:صوتية|فيديو|مرئية) فائتة',
    'שיחת? (?:קולית |וידאו |קול )?שלא נענתה',
    'Panggilan (?:suara |video )?tak terjawab',
    '(?:音声通話|ビデオ通話)?不在着信',
    '부재중 (?:음성|영상) ?통화',
    '未接(?:语音|視訊|视频|語音)?(?:通话|通話|来电|來電)',
    'Nem fogadott (?:hang|videó)?hívás',
    'Apel (?:vocal |video )?pierdut',
    'Αναπάντητη (?:φωνητική |βίντεο)?κλήση',
    'Пропуснато (?:аудио|видео|гласово )?(?:обаждане|повикване)',
    'Cuộc gọi (?:thoại |video )?(?:bị )?nhỡ',
  )})(?=$|[\\s.,،:]).{0,60}$`,
  'iu',
);

/** A call that took place, or that nobody took; the rest of the line says which. */
export const CALL =
  /^(?:(?:Group )?(?:Voice|Video) call|(?:Аудио|Видео)звонок|(?:Ääni|Video)puhelu|(?:Sprach|Video)anruf|Appel (?:vocal|vidéo)|Llamada de voz|Videollamada|Chamada de (?:voz|vídeo)|Chiamata vocale|Videochiamata)(?=$|[.,]).{0,60}$/iu;
export const NOT_TAKEN =
  /no answer|нет ответа|ei vastausta|keine Antwort|sans réponse|sin respuesta|sem resposta|nessuna risposta/iu;

/** Stands at the end of a text that was changed after it was sent. */
export const EDITED = new RegExp(
  `^<(?:${anyOf(
    'This message was edited',
    'Это сообщение (?:было )?изменено|Сообщение изменено',
    'Tätä viestiä (?:on )?muok(?:attu|attiin)|Viestiä (?:on )?muokattu',
    'Diese Nachricht wurde bearbeitet',
    'Ce message a été modifié',
    '(?:Se editó este mensaje|Este mensaje (?:fue|se) editado?)',
    '(?:Esta m|M)ensagem (?:foi )?editada',
    'Questo messaggio è stato modificato',
    'Dit bericht (?:is|werd) bewerkt',
    'Det här meddelandet (?:har )?redigera(?:des|ts)',
    'Denne meldingen ble redigert|Denne besked blev redigeret',
    'Ta wiadomość została edytowana|Wiadomość edytowana',
    'Tato zpráva byla upravena|Táto správa bola upravená',
    'Це повідомлення (?:було )?(?:змінено|відредаговано)',
    'Bu mesaj düzenlendi',
    'تم تعديل هذه الرسالة',
    'הודעה זו נערכה|ההודעה נערכה',
    'Pesan ini (?:telah )?diedit',
    'このメッセージは編集されました',
    '(?:이 )?메시지가 (?:편집|수정)되었습니다',
    '此消息已(?:被)?编辑|此訊息已編輯',
  )})>$`,
  'iu',
);

/** What nobody wrote although a name stands before it. */
export const ENCRYPTION_NOTICE =
  /^(?:Messages (?:and calls|you send|to this)|Сообщения и звонки защищены|Viestit ja puhelut|Nachrichten und Anrufe|Les messages et (?:les )?appels|Los mensajes y (?:las )?llamadas|As mensagens e (?:as )?(?:cham|lig)adas|I messaggi e le chiamate|Berichten en oproepen|Meddelanden och samtal|Wiadomości i połączenia|Zprávy a hovory|Повідомлення та (?:дзвінки|виклики)|Mesajlar ve aramalar|الرسائل والمكالمات).{10,400}/isu;

/** Group business behind a name that holds ': ': `Anna changed the subject from "A: b" to "C"`. */
export const GROUP_DEED =
  /(?:^| )(?:created (?:this )?group|created the group|added|removed|left|joined|changed (?:the|this|to|their)|changed the subject|deleted this group|(?:создал|добавил|удалил|изменил|сменил)(?:[аи]|\(-?а\))?|вышел|вышла|loi ryhmän|lisäsi|poisti|poistui|vaihtoi|muutti|hat die Gruppe|hat den Betreff|hat .{1,60} (?:hinzugefügt|entfernt)|a créé le groupe|a ajouté|a changé|creó el grupo|añadió|cambió|criou o grupo|adicionou|mudou|ha creato il gruppo|ha aggiunto|ha cambiato)(?: |$)/iu;
export const GROUP_MADE =
  /created (?:this )?group|created the group|added you|joined using|this group|создал[аи]? группу|добавил[аи]? вас|в этой группе|эту группу|loi ryhmän|lisäsi sinut|ryhmän|hat die Gruppe|hat dich hinzugefügt|diese Gruppe|a créé le groupe|vous a ajouté|ce groupe|creó el grupo|te añadió|este grupo|criou o grupo|criou este grupo|adicionou você|ha creato il gruppo|ti ha aggiunto|questo gruppo/iu;

/** The app could not show the message when it was exported. */
export const NOT_YET_HERE =
  /^(?:Waiting for this message|Ожидание (?:данного|этого) сообщения|Odotetaan (?:tätä )?viestiä)/iu;
/** A picture or a text that could be opened once, on the phone alone; a sender stands before it. */
export const VIEW_ONCE =
  /view[- ]once|однократн\p{L}+ просмотр|одноразов\p{L}+ просмотр|kerta(?:katsel|katsot|näyttö)|kerran katsottav|Einmalansicht|vue unique|visuali[sz]aç?ção única|visualizzazione una volta|una sola vez/iu;
export const LIVE_LOCATION =
  /^(?:live location shared|Геоданные отправлены|live-sijainti jaettu|Live-Standort)/iu;

/** What a file was, told by the words in its place. The first that fits speaks. */
const KINDS: readonly (readonly [RegExp, string | null])[] = [
  [/GIF/i, 'video/*'],
  [
    /sticker|стикер|наліпк|tarra|aufkleber|ملصق|스티커|スタンプ|贴图|貼圖|מדבקה|figurinha|adesivo|çıkartma/iu,
    'image/webp',
  ],
  [
    /v[ií]d[eéèê]o|видео|відео|wideo|فيديو|動画|ビデオ|视频|影片|동영상|비디오|סרטון|וידאו|βίντεο/iu,
    'video/*',
  ],
  [/audio|аудио|аудіо|ääni|głos|صوت|音声|音频|音訊|오디오|שמע|ses\b|oluid|hang/iu, 'audio/*'],
  [/contact|контакт|yhteystieto|kontakt|جهة اتصال|連絡先|联系|聯絡|연락처|איש קשר|kartvizit/iu, 'text/vcard'],
  [/document|документ|dokument|asiakirj|المستند|ドキュメント|文件|문서|מסמך|belge|documento/iu, null],
  [
    /image|imagen|immagin|изображ|зображ|kuva|bild|photo|foto|afbeeld|obr[aá]z|obráz|billede|صورة|画像|图片|圖片|이미지|사진|תמונה|görüntü|kép|gambar/iu,
    'image/*',
  ],
];

/** The words name some kind of file; other words of the app are kept as they stand. */
export function isMediaWord(words: string): boolean {
  return KINDS.some(([sign]) => sign.test(words));
}

/** `image/*`, `video/*` and so on; null when the words do not tell. */
export function mediaTypeOfWords(words: string): string | null {
  return KINDS.find(([sign]) => sign.test(words))?.[1] ?? null;
}

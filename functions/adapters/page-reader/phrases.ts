/**
 * How houses begin, or write whole, the lines around an article, in the languages
 * we have met. Data only; a line must be short, or mostly links, to be judged by it.
 */
const begins = (...phrases: string[]): RegExp =>
  new RegExp(`^[\\W_]*(?:${phrases.join('|')})(?![\\p{L}\\p{M}])`, 'iu');

export const readMore = begins(
  "read (?:more|also|next)|see also|also read|more (?:on|from|about)|related(?: (?:stories|articles|news|topics|content))?|recommended(?: for you)?|don['’]t miss|you (?:may|might) (?:also )?like|most (?:read|popular)|watch(?: now)?:|listen:",
  'читайте (?:також|ещё|еще|также)|дивіться також|смотрите также|більше новин|больше новостей|по темі|по теме|новини за темою|вас може зацікавити',
  'اقرأ(?:ي|وا)? (?:أيضا|أيضًا|المزيد)|مواضيع ذات صلة|أخبار ذات صلة|شاهد أيضا|المزيد من',
  'lesen sie auch|mehr zum thema|lire aussi|à lire aussi|sur le même sujet|lea también|lee también|te puede interesar|leia também|leggi anche|czytaj (?:też|także|również)|zobacz (?:też|także)|lees ook|läs också',
);

export const signUp = begins(
  'sign up (?:for|to|here|now)|subscribe(?: (?:to|now|here))?|join (?:our|us on)|get (?:the|our) (?:[\\p{L} -]{0,40})newsletter|follow us|download (?:our|the) app|support our journalism|log ?in to|already a subscriber',
  'підпи(?:суйтесь|суйтеся|шіться)|подпи(?:сывайтесь|шитесь)|наш телеграм|стежте за нами|следите за нами',
  'اشترك(?:وا)?|تابعونا|تابعنا',
  'abonnieren sie|jetzt abonnieren|abonnez-vous|inscrivez-vous|suscríbete|assine|iscriviti|zapisz się',
);

export const cookies = begins(
  '(?:we|this (?:site|website)) uses? cookies|by (?:continuing|using this (?:site|website))|accept (?:all )?cookies|manage (?:cookies|consent)',
  '(?:ми|цей сайт) використову(?:ємо|є) (?:файли )?cookie|(?:мы|этот сайт) использу(?:ем|ет) (?:файлы )?cookie',
  'wir verwenden cookies|nous utilisons des cookies|utilizamos cookies|نستخدم ملفات تعريف الارتباط',
);

export const copyright = begins(
  '©|\\(c\\) ?\\d{4}|copyright\\b|all rights reserved|this (?:article|material) may not be (?:published|reproduced)',
  '(?:усі|всі) права захищен[оі]|все права защищены|جميع الحقوق محفوظة|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados',
);

/** Words of which a line of widgets is made. */
export const widget = begins(
  '(?:share|tweet|facebook|twitter|whatsapp|telegram|linkedin|reddit|pinterest|e-?mail|print|copy link|link copied|save|bookmark|advertisement|sponsored|comments?|back to top|view gallery)(?: (?:this|on|via|by|to|with|article|story|page|facebook|twitter|whatsapp|telegram|e-?mail|x|friends?|\\d+))*[\\W\\d_]*$',
  '(?:поділитися|поширити|поделиться|реклама|коментарі|комментарии|роздрукувати)(?: (?:в|у|на) ?[\\p{L}]+)?[\\W\\d_]*$',
  '(?:شارك|مشاركة|إعلان|طباعة|تعليقات)[\\W\\d_]*$',
  '(?:teilen|anzeige|drucken|partager|publicité|compartir|publicidad|condividi|udostępnij)[\\W\\d_]*$',
);

export const byline = begins(
  'by|von|par|por|di|автор(?:ка|ы|и)?|текст|بقلم|كتب(?:ت)?|written by|reporting by|edited by|editing by',
);

export const dateWords =
  /(?<![\p{L}])(?:published|updated|posted|last|modified|first|on|at|am|pm|gmt|utc|est|edt|bst|cet|eet|min(?:ute)?s? read|опубліковано|оновлено|опубликовано|обновлено|о|в|року|року|г|نشر|نُشر|تم|النشر|في|تحديث|آخر|veröffentlicht|aktualisiert|stand|uhr|publié|mis à jour|le|à|publicado|actualizado|el|de|th|st|nd|rd)(?![\p{L}\p{M}])/giu;

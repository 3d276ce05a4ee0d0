/** The furniture of a page in the publisher's language. */
export type Words = {
  home: string;
  by: string;
  updated: string;
  share: string;
  readMore: string;
  related: string;
  newsletter: string;
  subscribe: string;
  cookies: string;
  accept: string;
  rights: string;
  gone: string;
  missing: string;
};

export type Site = {
  id: string;
  name: string;
  motto: string;
  host: string;
  language: string;
  direction: 'ltr' | 'rtl';
  charset: 'utf-8' | 'windows-1251';
  feed: { kind: 'rss' | 'atom' | 'json'; path: string; tracking: string };
  /** Where a page tells machines what it is. */
  metadata: 'json-ld' | 'json-ld-graph' | 'open-graph';
  /** Is this machine's address among the publisher's mail servers (SPF)? */
  mailsFromHere: boolean;
  legalDesk: string;
  words: Words;
};

const herald: Site = {
  id: 'herald',
  name: 'The Aldmouth Herald',
  motto: 'News from the estuary since 1868',
  host: 'herald.example',
  language: 'en-GB',
  direction: 'ltr',
  charset: 'utf-8',
  feed: { kind: 'rss', path: '/feeds/all.rss', tracking: 'ns_mchannel=rss&ito=1490' },
  metadata: 'json-ld',
  mailsFromHere: true,
  legalDesk: 'legal@herald.example',
  words: {
    home: 'Home',
    by: 'By',
    updated: 'Updated',
    share: 'Share this article',
    readMore: 'Read more:',
    related: 'Related stories',
    newsletter: 'Sign up for the Morning Tide, our free daily newsletter',
    subscribe: 'Sign up',
    cookies: 'We use cookies to keep this site free. By reading on you accept them.',
    accept: 'Accept all',
    rights: 'All rights reserved. Permissions and takedowns:',
    gone: 'This article has been withdrawn.',
    missing: 'This page cannot be found.',
  },
};

const visnyk: Site = {
  id: 'visnyk',
  name: 'Вісник Верхоріччя',
  motto: 'Газета над Ріпною',
  host: 'visnyk.example',
  language: 'uk',
  direction: 'ltr',
  charset: 'windows-1251',
  feed: {
    kind: 'atom',
    path: '/atom.xml',
    tracking: 'utm_source=rss&utm_medium=feed&utm_campaign=all',
  },
  metadata: 'json-ld-graph',
  mailsFromHere: false,
  legalDesk: 'pravo@visnyk.example',
  words: {
    home: 'Головна',
    by: 'Текст:',
    updated: 'Оновлено',
    share: 'Поділитися',
    readMore: 'Читайте також:',
    related: 'Вас може зацікавити',
    newsletter: 'Підпишіться на вечірню розсилку «Вісника»',
    subscribe: 'Підписатися',
    cookies: 'Ми використовуємо файли cookie. Продовжуючи, ви погоджуєтеся з цим.',
    accept: 'Гаразд',
    rights: 'Усі права застережено. Правовий відділ:',
    gone: 'Цю статтю знято з публікації.',
    missing: 'Такої сторінки немає.',
  },
};

const sahafa: Site = {
  id: 'sahafa',
  name: 'صحافة الواحة',
  motto: 'حكايات المدن الصغيرة',
  host: 'sahafa.example',
  language: 'ar',
  direction: 'rtl',
  charset: 'utf-8',
  feed: { kind: 'json', path: '/feed.json', tracking: 'utm_source=jsonfeed&utm_medium=feed' },
  metadata: 'open-graph',
  mailsFromHere: false,
  legalDesk: 'huquq@sahafa.example',
  words: {
    home: 'الرئيسية',
    by: 'بقلم',
    updated: 'آخر تحديث',
    share: 'شارك المقال',
    readMore: 'اقرأ أيضًا:',
    related: 'مقالات ذات صلة',
    newsletter: 'اشترك في نشرة الواحة البريدية',
    subscribe: 'اشترك',
    cookies: 'نستخدم ملفات تعريف الارتباط، ومتابعتك القراءة تعني موافقتك.',
    accept: 'موافق',
    rights: 'جميع الحقوق محفوظة. الشؤون القانونية:',
    gone: 'سُحب هذا المقال.',
    missing: 'هذه الصفحة غير موجودة.',
  },
};

export const sites: readonly Site[] = [herald, visnyk, sahafa];

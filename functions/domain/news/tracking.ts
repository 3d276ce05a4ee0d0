/** What campaigns add to a link; none of it says which page is meant. */
const names = new Set(
  `cmp cmpid ito xtor ocid smid smtyp emc dclid fbclid gclid gbraid wbraid msclkid yclid ysclid twclid
  igshid igsh li_fat_id mc_cid mc_eid mkt_tok _ga _gl _hsenc _hsmi __twitter_impression
  cmp_id wt_mc wt.mc_id wtmc soc_src soc_trk guccounter guce_referrer guce_referrer_sig`.split(
    /\s+/,
  ),
);

const prefixes = ['utm_', 'ns_', 'at_', 'pk_', 'mtm_', 'hsa_'];

/** Names that mean something on other sites: tracking only with one of these values. */
const doubtful = new Set(['ref', 'source', 'src', 'partner', 'from', 'via']);
const values = new Set(
  'rss feed rssfeed feedburner twitter facebook tw fb t.co newsletter email homepage home share social'.split(
    ' ',
  ),
);

/** @param name and @param value as decoded from the query, lower case */
export const isTracking = (name: string, value: string): boolean =>
  names.has(name) ||
  prefixes.some((prefix) => name.startsWith(prefix)) ||
  (doubtful.has(name) && values.has(value));

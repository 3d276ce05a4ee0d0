/** Where in the mail a URL stood; 'excluded' = the sender asks that it stay. */
export type Where = 'text' | 'link' | 'subject' | 'quoted' | 'excluded';

export type NamedUrl = {
  /** Absolute, http or https; defanging and link wrappers are undone. */
  url: string;
  /** Other readings of the same words, where wrapping or punctuation is in doubt. */
  others: string[];
  where: Where;
};

/** What one mail asks for, in the sender's own words only as far as URLs go. */
export type Notice = {
  urls: NamedUrl[];
  /** Hosts named without a page: 'herald.example', 'https://herald.example/'. */
  hosts: string[];
  /** Ids of our source pages that are named. */
  sources: string[];
  /** Does the text ask for all of a source ("remove everything", "alle Artikel")? */
  asksForAll: boolean;
  /** BCP 47; 'und' where it cannot be told. */
  language: string;
};

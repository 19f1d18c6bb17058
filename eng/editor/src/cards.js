// Films, sounds and posts elsewhere that stand in the text as a card: the same table as the server's CardTitle.cs.
const known = { "youtube.com": "Video on YouTube", "youtu.be": "Video on YouTube", "vimeo.com": "Video on Vimeo", "x.com": "Post on X", "twitter.com": "Post on X", "bsky.app": "Post on Bluesky", "facebook.com": "Post on Facebook", "instagram.com": "Post on Instagram", "tiktok.com": "Video on TikTok", "soundcloud.com": "Sound on SoundCloud", "open.spotify.com": "Sound on Spotify", "twitch.tv": "Video on Twitch", "dailymotion.com": "Video on Dailymotion", "threads.net": "Post on Threads", "reddit.com": "Post on Reddit", "ted.com": "Talk at TED" };

/** What a card for this address is called, or null for an address of no known player. */
export function cardTitle(address) {
  if (!/^https?:\/\/\S+$/.test(address)) return null;
  try {
    const url = new URL(address);
    const host = url.hostname.replace(/^(www|m)\./, "");
    return url.pathname.length > 1 && Object.hasOwn(known, host) ? known[host] : null;
  } catch {
    return null;
  }
}

/** Whether it can stand in Markdown without brackets: the server does not take the end of a sentence, or a character's name, for a part of an address. */
export const isBareWhole = (href) => !/[?!.,:*_~'")\]]$|&#?\w+;/.test(href);

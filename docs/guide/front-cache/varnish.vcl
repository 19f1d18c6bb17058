# Varnish 7 with the xkey module before one Broadsheet (Debian: apt install varnish varnish-modules). See ../front-cache.md.
#
#   varnishd -a http=0.0.0.0:80 -a purge=127.0.0.1:6082 -f /etc/varnish/broadsheet.vcl -s malloc,512m
#
# Purges are taken at the socket named "purge" and nowhere else: bind it where only your Broadsheet reaches it.
vcl 4.1;

import std;
import xkey;

backend broadsheet {
    .host = "127.0.0.1";
    .port = "5000";
    # Streams of live comments say something every 25 seconds.
    .between_bytes_timeout = 90s;
    .probe = {
        .request = "GET /healthz HTTP/1.1" "Host: localhost" "Connection: close";
        .interval = 1s;
        .timeout = 2s;
        # Patient with a busy one: whether it is away, a request finds out by itself.
        .window = 4;
        .threshold = 1;
        .initial = 1;
    }
}

sub vcl_recv {
    if (local.socket == "purge") {
        call purge_by_tag;
    }
    if (req.method == "PURGE") {
        return (synth(405));
    }

    # A page that is past its time: 10 seconds more while a new one is fetched (stale-while-revalidate, as Broadsheet says), and as long
    # as it is kept (stale-if-error) while Broadsheet is away, or has just failed for this request.
    if (std.healthy(req.backend_hint) && req.restarts == 0) {
        set req.grace = 10s;
    } else {
        set req.grace = 7d;
    }

    unset req.http.X-Shared;
    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    # Rooms whose pages are never shared, and files with a cache policy of their own (several formats at one address, films, replaced files).
    if (req.url ~ "^/(newsroom|account|wp-json|healthz|readyz|wp-content|setup|websub)([/?]|$)"
        || req.url ~ "^/(discussion/(likes|report|edit|delete|mute|avatar)|corrections/ask|follow/(confirm|manage|end))([/?]|$)"
        || req.url ~ "[?&](preview|unapproved)=") {
        return (pass);
    }
    # Whom Broadsheet knows: who is signed in, has commented, is about to, or has opened an article with a password. They see their own words at once.
    if (req.http.Authorization || req.http.Cookie ~ "\.broadsheet\.(session|words)|comment_author_|wp-postpass_") {
        return (pass);
    }
    # Everyone else gets the one page.
    unset req.http.Cookie;
    if (req.restarts == 0) {
        set req.http.X-Shared = "first try";
    } else {
        set req.http.X-Shared = "second try";
    }
    return (hash);
}

sub purge_by_tag {
    if (req.method != "PURGE") {
        return (synth(405));
    }
    if (req.http.xkey-purge) {
        return (synth(200, "Purged " + xkey.purge(req.http.xkey-purge)));
    }
    if (req.http.xkey-softpurge) {
        return (synth(200, "Purged softly " + xkey.softpurge(req.http.xkey-softpurge)));
    }
    return (synth(400));
}

sub vcl_hash {
    # Links in a page have the request's scheme where Hosting:PublicUrl is not set.
    hash_data(req.http.X-Forwarded-Proto);
}

sub vcl_backend_response {
    # A failure does not take the place of a page that was good. Had it been let in, the old page would be gone: so the first try is given up,
    # and the second takes the old page or, where there is none, shows what Broadsheet says.
    if (beresp.status >= 500) {
        if (bereq.is_bgfetch || bereq.http.X-Shared == "first try") {
            return (abandon);
        }
        set beresp.uncacheable = true;
        set beresp.ttl = 0s;
        set beresp.grace = 0s;
        return (deliver);
    }
    if (beresp.http.Surrogate-Key && beresp.status == 200) {
        set beresp.http.xkey = beresp.http.Surrogate-Key;
        if (beresp.http.Cache-Control ~ "stale-if-error=[0-9]+") {
            set beresp.grace = std.duration(regsub(beresp.http.Cache-Control, "^.*stale-if-error=([0-9]+).*$", "\1s"), 10s);
        }
    } elsif (bereq.url !~ "^/assets/" || beresp.status != 200) {
        # What does not say that it is everyone's is nobody else's.
        set beresp.uncacheable = true;
        set beresp.ttl = 60s;
        return (deliver);
    }
}

sub vcl_deliver {
    if (resp.status >= 500 && req.http.X-Shared == "first try") {
        return (restart);
    }
    unset resp.http.xkey;
    unset resp.http.Surrogate-Key;
    # Browsers ask each time; it is this cache that answers.
    if (resp.http.Cache-Control ~ "s-maxage") {
        set resp.http.Cache-Control = "no-cache";
    }
    if (!req.http.X-Shared) {
        set resp.http.X-Cache = "pass";
    } elsif (obj.hits > 0) {
        set resp.http.X-Cache = "hit";
    } else {
        set resp.http.X-Cache = "miss";
    }
}

sub vcl_synth {
    # What was given up.
    if (resp.status == 503 && req.http.X-Shared == "first try") {
        return (restart);
    }
}

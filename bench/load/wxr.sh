#!/usr/bin/env bash
# wxr.sh ARTICLES COMMENTS THREAD: a WordPress export on standard output, the same each time.
# THREAD comments hang under each top-level one, itself among them; each comment has about 400 characters and a link.
set -euo pipefail
awk -v articles="$1" -v comments="$2" -v thread="$3" 'BEGIN {
  print "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:wp=\"http://wordpress.org/export/1.2/\">\n<channel><title>Bench</title><link>http://bench.example</link><description>Measured</description><language>en</language><wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>http://bench.example</wp:base_site_url><wp:base_blog_url>http://bench.example</wp:base_blog_url>"
  text = "The harbour was quiet in the morning and the boats came in late. "
  for (i = 0; i < 5; i++) long = long text
  for (a = 1; a <= articles; a++) {
    printf "<item><title>Article %d</title><link>http://bench.example/?p=%d</link><dc:creator>desk</dc:creator><guid isPermaLink=\"false\">http://bench.example/?p=%d</guid><content:encoded><![CDATA[", a, a, a
    for (p = 0; p < 8; p++) printf "<p>%s</p>\n", long
    printf "]]></content:encoded><wp:post_id>%d</wp:post_id><wp:post_date>2026-01-01 08:00:00</wp:post_date><wp:post_date_gmt>2026-01-01 08:00:00</wp:post_date_gmt><wp:comment_status>open</wp:comment_status><wp:ping_status>closed</wp:ping_status><wp:post_name>article-%d</wp:post_name><wp:status>publish</wp:status><wp:post_parent>0</wp:post_parent><wp:menu_order>0</wp:menu_order><wp:post_type>post</wp:post_type><wp:is_sticky>0</wp:is_sticky>\n", a, a
    for (c = 0; c < comments; c++) {
      id = (a - 1) * comments + c + 1
      printf "<wp:comment><wp:comment_id>%d</wp:comment_id><wp:comment_author><![CDATA[Reader %d]]></wp:comment_author><wp:comment_author_email>reader%d@example.org</wp:comment_author_email><wp:comment_author_url></wp:comment_author_url><wp:comment_author_IP>198.51.100.7</wp:comment_author_IP><wp:comment_date>2026-01-%02d %02d:%02d:%02d</wp:comment_date><wp:comment_date_gmt>2026-01-%02d %02d:%02d:%02d</wp:comment_date_gmt><wp:comment_content><![CDATA[%d %sSee <a href=\"http://elsewhere.example/%d\">here</a>.]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_type>comment</wp:comment_type><wp:comment_parent>%d</wp:comment_parent><wp:comment_user_id>0</wp:comment_user_id></wp:comment>\n", id, c % 997, c % 997, 2 + c / 86400, c / 3600 % 24, c / 60 % 60, c % 60, 2 + c / 86400, c / 3600 % 24, c / 60 % 60, c % 60, id, long, id, (c % thread == 0) ? 0 : id - 1
    }
    print "</item>"
  }
  print "</channel></rss>"
}'

using System.Text.RegularExpressions;

namespace Broadsheet.Browser.Tests.Editor;

/// <summary>Bodies to try the editor with: our own documents, and what real exports carry.</summary>
internal static partial class Manuscripts
{
    /// <summary>Every construct of Markdown that Markdig reads here, and HTML among it.</summary>
    public const string Markdown = """
        # A title

        Setext
        ------

        Words with **bold**, *italic*, ***both***, ~~struck~~, `code`, H~2~O, x^2^, ++new++ and ==marked==.
        A second line, [a link](https://example.org/a_b_c "with a title"), <https://example.org/>, https://example.org/a_b_c and ![a picture](/a.png).

        A hard\
        break, a note[^1] and another[^long-one]. 1 < 2 && 3 > 2, a * b, snake_case_name, [brackets], C:\path.

        - one
        - two
          - nested
          - again

            with a paragraph
        - three

        * loose

        * list

        3. third
        4. fourth

        > A quote
        > of two lines
        >
        > - with a list

        ```js
        const x = "```";
        ```

            indented code

        | Left | Right | Middle |
        |:-----|------:|:------:|
        | a    |     b | **c**  |

        ![Alone in its line](/wp-content/uploads/2024/01/a.jpg)

        <figure><img src="/b.png" alt="B"><figcaption>The caption</figcaption></figure>

        <figure class="wp-block-pullquote"><blockquote><p>Said aloud</p></blockquote></figure>

        <p><a class="embed-link" href="https://youtu.be/x">Video</a></p>

        <!--more-->

        ***

        Term
        :   Its definition

        *[HTML]: Hypertext

        <div class="odd" data-x="1">

        *not read*

        </div>

        [ref]: https://example.org/ref

        See [ref] and [that][ref].

        [^1]: The note, *with marks*.
        [^long-one]: First paragraph.

            Second paragraph.
        """;

    public static IEnumerable<string> OwnDocuments()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Broadsheet.slnx")))
                return [Markdown, .. Directory.EnumerateFiles(Path.Combine(at.FullName, "docs"), "*.md", SearchOption.AllDirectories).Append(Path.Combine(at.FullName, "README.md")).Order(StringComparer.Ordinal).Select(File.ReadAllText)];
        throw new InvalidOperationException("The repository's root was not found.");
    }

    /// <summary>The bodies of the shared exports; the test is skipped, aloud, where they are absent.</summary>
    public static IEnumerable<string> OfExports()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var folder = Path.Combine(at.FullName, "shared", "data", "wxr");
            if (!Directory.Exists(folder)) continue;
            return Directory.EnumerateFiles(folder, "*.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).SelectMany(f => Content().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value.ReplaceLineEndings("\n"))).Where(b => b.Trim().Length > 0);
        }
        Assert.Skip("shared/data/wxr is not on this machine");
        return [];
    }

    [GeneratedRegex(@"<content:encoded>\s*<!\[CDATA\[(.*?)\]\]>\s*</content:encoded>", RegexOptions.Singleline)]
    private static partial Regex Content();
}

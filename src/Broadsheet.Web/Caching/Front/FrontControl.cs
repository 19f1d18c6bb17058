using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Broadsheet.Web.Caching.Front;

/// <summary>
/// What a shared page tells a cache in front: how long it is fresh there, how long it may be given while a new one is fetched or the program fails, and the tags by
/// which it is purged. Browsers keep asking each time: <c>max-age=0</c> here, <c>no-cache</c> once the cache in front has sent it on (docs/guide/front-cache/varnish.vcl).
/// </summary>
internal sealed class FrontControl(FrontOptions options, TimeProvider clock)
{
    public const string KeysHeader = "Surrogate-Key";

    /// <summary>Every shared page has it, besides the tags of what it shows.</summary>
    public const string EveryPage = "page";

    /// <summary>While a new one is fetched, readers have the old.</summary>
    public static readonly TimeSpan WhileRevalidating = TimeSpan.FromSeconds(10);

    /// <summary>The program may be away for so long before readers notice.</summary>
    private static readonly TimeSpan IfError = TimeSpan.FromDays(1);

    private static readonly StringValues Revalidate = "no-cache";

    private readonly StringValues _usual = Control(options.Fresh, IfError);

    public StringValues Of(CachedPage page)
    {
        // A page that waits to be rendered anew is not to be kept for longer than it waits.
        var fresh = page.IsStale && options.Fresh > PageStore.SoftInterval ? PageStore.SoftInterval : options.Fresh;
        var ifError = IfError;
        if (page.Until is { } until && until - clock.GetUtcNow() - WhileRevalidating is var left)
        {
            if (left < fresh) fresh = left;
            if (left < ifError) ifError = left;
        }
        if (fresh == options.Fresh && ifError == IfError) return _usual;
        return fresh < TimeSpan.FromSeconds(1) ? Revalidate : Control(fresh, ifError);
    }

    public static KeyValuePair<string, StringValues> KeysOf(IEnumerable<string> tags) => new(KeysHeader, string.Join(' ', tags.Prepend(EveryPage)));

    private static StringValues Control(TimeSpan fresh, TimeSpan ifError) =>
        string.Create(CultureInfo.InvariantCulture, $"public, max-age=0, s-maxage={(int)fresh.TotalSeconds}, stale-while-revalidate={(int)WhileRevalidating.TotalSeconds}, stale-if-error={(int)ifError.TotalSeconds}");
}

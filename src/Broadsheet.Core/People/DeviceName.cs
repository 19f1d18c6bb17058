namespace Broadsheet.Core.People;

/// <summary>A browser in words, as its owner may recognise it, from what it says of itself (<c>User-Agent</c>). Only good for telling one's own devices apart: anyone may say anything.</summary>
public static class DeviceName
{
    /// <summary>More particular names first: most browsers also name those that they descend from.</summary>
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("Opera", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Vivaldi/", "Vivaldi"), ("YaBrowser/", "Yandex Browser"), ("DuckDuckGo/", "DuckDuckGo"),
        ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"), ("CriOS/", "Chrome"), ("Chromium/", "Chromium"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"), ("Macintosh", "a Mac"), ("Linux", "Linux"),
    ];

    /// <param name="userAgent">Null or empty where it is not known (any more).</param>
    /// <returns>Such as <c>Firefox on Windows</c>; <c>An unknown browser</c> where nothing is recognised.</returns>
    public static string Of(string? userAgent)
    {
        var (browser, system) = (Find(Browsers, userAgent ?? ""), Find(Systems, userAgent ?? ""));
        return (browser, system) switch
        {
            (null, null) => "An unknown browser",
            (null, _) => $"A browser on {system}",
            (_, null) => browser,
            _ => $"{browser} on {system}",
        };
    }

    private static string? Find((string Mark, string Name)[] names, string text)
    {
        foreach (var (mark, name) in names)
            if (text.Contains(mark, StringComparison.Ordinal)) return name;
        return null;
    }
}

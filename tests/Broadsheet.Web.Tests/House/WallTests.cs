using System.Reflection;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Broadsheet.Web.Tests.House;

/// <summary>The walls of the house (docs/architecture.md). Each was broken once on purpose, and seen to fail.</summary>
public sealed class WallTests
{
    /// <summary>From left to right: a room imports only rooms to its left.</summary>
    private static readonly string[] Order = ["Data", "Theming", "Jobs", "Caching", "Redis", "Mail", "MediaStore", "Outbound", "Reads", "Features", "Hosting"];

    private static readonly System.Reflection.Assembly Core = typeof(Article).Assembly;
    private static readonly System.Reflection.Assembly Web = typeof(BroadsheetDb).Assembly;
    private static readonly Architecture House = new ArchLoader().LoadAssemblies(Core, Web).Build();

    public static TheoryData<string, string> Walls
    {
        get
        {
            var walls = new TheoryData<string, string>();
            for (var i = 0; i < Order.Length; i++)
                for (var j = i + 1; j < Order.Length; j++) walls.Add(Order[i], Order[j]);
            return walls;
        }
    }

    [Theory]
    [MemberData(nameof(Walls))]
    public void A_room_imports_only_rooms_to_its_left(string room, string right) =>
        Types().That().ResideInNamespaceMatching($@"^Broadsheet\.Web\.{room}(\..*)?$").Should().NotDependOnAny(Types().That().ResideInNamespaceMatching($@"^Broadsheet\.Web\.{right}(\..*)?$"))
            .WithoutRequiringPositiveResults().Check(House);

    [Fact]
    public void Features_do_not_know_each_other()
    {
        var rooms = Web.GetTypes().Select(t => t.Namespace).OfType<string>().Where(n => n.StartsWith("Broadsheet.Web.Features.", StringComparison.Ordinal)).Select(n => n.Split('.')[3]).Distinct().ToList();
        Assert.NotEmpty(rooms);
        foreach (var room in rooms)
            foreach (var other in rooms.Where(r => r != room))
                Types().That().ResideInNamespaceMatching($@"^Broadsheet\.Web\.Features\.{room}(\..*)?$").Should().NotDependOnAny(Types().That().ResideInNamespaceMatching($@"^Broadsheet\.Web\.Features\.{other}(\..*)?$")).Check(House);
    }

    [Fact]
    public void Core_touches_nothing_of_the_world()
    {
        var allowed = new[] { "System", "AngleSharp", "Ganss.Xss", "Markdig", "HtmlSanitizer", "netstandard", "mscorlib" };
        Assert.All(Core.GetReferencedAssemblies(), a => Assert.Contains(allowed, ok => a.Name == ok || a.Name!.StartsWith($"{ok}.", StringComparison.Ordinal)));
        var core = Types().That().ResideInNamespaceMatching(@"^Broadsheet\.Core.*");
        foreach (var forbidden in new[] { @"^System\.Net\.Http.*", @"^System\.Net\.Sockets.*", @"^Microsoft\.(AspNetCore|EntityFrameworkCore|Extensions).*" })
            core.Should().NotDependOnAny(Types(true).That().ResideInNamespaceMatching(forbidden)).WithoutRequiringPositiveResults().Check(House);
        core.Should().NotDependOnAny(typeof(File), typeof(Directory), typeof(TimeProvider), typeof(FileStream)).Check(House);
    }

    [Theory]
    [InlineData(@"^Microsoft\.Data\.Sqlite.*", @"^Broadsheet\.Web\.Data\.Sqlite.*")]
    [InlineData(@"^Npgsql$", @"^Broadsheet\.Web\.Data\.PostgreSql.*")]
    [InlineData(@"^(MailKit|MimeKit)(\..*)?$", @"^Broadsheet\.Web\.Mail.*")]
    [InlineData(@"^StackExchange\.Redis(\..*)?$", @"^Broadsheet\.Web\.Redis.*")]
    [InlineData(@"^Fluid(\..*)?$", @"^Broadsheet\.Web\.Theming.*")]
    public void A_library_is_named_in_one_room_only(string library, string room) =>
        Types().That().ResideInNamespaceMatching(@"^Broadsheet\.Web.*").And().DoNotResideInNamespaceMatching(room).Should().NotDependOnAny(Types(true).That().ResideInNamespaceMatching(library)).Check(House);

    [Fact]
    public void Nothing_outside_Data_saves()
    {
        // By instructions: what async methods call stands in classes that the compiler makes.
        using var module = Mono.Cecil.ModuleDefinition.ReadModule(Web.Location);
        var saving = from type in module.GetTypes()
                     let outer = Outermost(type)
                     where outer.Namespace.StartsWith("Broadsheet.Web", StringComparison.Ordinal) && !outer.Namespace.StartsWith("Broadsheet.Web.Data", StringComparison.Ordinal)
                     from method in type.Methods
                     where method.HasBody
                     from instruction in method.Body.Instructions
                     where instruction.Operand is Mono.Cecil.MethodReference { Name: "SaveChanges" or "SaveChangesAsync" or "ExecuteUpdate" or "ExecuteUpdateAsync" or "ExecuteDelete" or "ExecuteDeleteAsync" }
                     select $"{outer.FullName}.{method.Name}";
        Assert.Empty(saving);
    }

    private static Mono.Cecil.TypeDefinition Outermost(Mono.Cecil.TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    [Fact]
    public void Every_class_is_sealed_static_or_abstract() =>
        Assert.Empty(Core.GetTypes().Concat(Web.GetTypes()).Where(t => t.IsClass && !t.IsSealed && !t.IsAbstract && IsHandWritten(t)).Select(t => t.FullName));

    [Fact]
    public void Nothing_in_Web_is_public_but_Program() =>
        Assert.Empty(Web.GetTypes().Where(t => t.IsPublic && IsHandWritten(t) && t.Name != "Program").Select(t => t.FullName));

    /// <summary>Razor components and migrations are exempt: their generators decide.</summary>
    private static bool IsHandWritten(System.Type type) => type.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is null
        && !type.Name.Contains('<', StringComparison.Ordinal) && type.Name != "_Imports" && type.Namespace?.StartsWith("Broadsheet", StringComparison.Ordinal) == true
        && !type.Namespace.Contains("Migrations", StringComparison.Ordinal) && !typeof(Microsoft.AspNetCore.Components.IComponent).IsAssignableFrom(type)
        && type.GetCustomAttribute<System.CodeDom.Compiler.GeneratedCodeAttribute>() is null;
}

using System.Security.Cryptography;
using System.Text;
using EHealthPlus.Routing.Contracts.Files;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Deidentification;

namespace EHealthPlus.Endpoints.Cli.Dicom;

/// <summary>The file with the key of a research project: 64 hexadecimal digits and a line end, for its owner only.</summary>
internal static class ProjectKeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads the key; makes one where there is no file.</summary>
    /// <param name="made">It was made now.</param>
    /// <returns>ProjectKeyInvalid for a file that others may read, or that holds something else.</returns>
    /// <exception cref="IOException">The file cannot be read or made.</exception>
    public static Result<ProjectKey> Open(string path, out bool made)
    {
        made = !File.Exists(path);
        if (made) return Make(path);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != 0)
        {
            return new Rejection(RejectionCode.ProjectKeyInvalid, $"{path} may be read by others. Who has the key can try out whose number a pseudonym is: chmod 600");
        }
        // Longer ones are something else, and are not read whole.
        if (new FileInfo(path).Length > 100) return Invalid(path);
        try
        {
            byte[] key = Convert.FromHexString(File.ReadAllText(path).Trim());
            return key.Length == ProjectKey.Length ? new ProjectKey(key) : Invalid(path);
        }
        catch (FormatException)
        {
            return Invalid(path);
        }
    }

    private static ProjectKey Make(string path)
    {
        byte[] key = RandomNumberGenerator.GetBytes(ProjectKey.Length);
        LastingFile.Write(path, Encoding.ASCII.GetBytes($"{Convert.ToHexStringLower(key)}\n"), ownerOnly: true);
        return new ProjectKey(key);
    }

    private static Rejection Invalid(string path) =>
        new(RejectionCode.ProjectKeyInvalid, $"{path} holds no project key: it wants 64 hexadecimal digits. A file that does not exist is made");
}
